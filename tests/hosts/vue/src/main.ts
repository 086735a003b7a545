import 'gru-playground';
import type {} from 'gru-playground/vue';
import { createApp } from 'vue';
import Week3 from './Week3.vue';

createApp(Week3).mount('#app');
