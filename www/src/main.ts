import './ui/tokens.css';
import './app/gru-app.js';
