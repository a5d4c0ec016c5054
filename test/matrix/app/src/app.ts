import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { TodoController } from './todo.controller.js';

export const app = defineApp({ controllers: [TodoController], views: nunjucks() });
