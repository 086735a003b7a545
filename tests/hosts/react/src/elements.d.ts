import type {} from 'gru-playground/react';
