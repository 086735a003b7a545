import './ui/page.css';
import './app/gru-app.js';
