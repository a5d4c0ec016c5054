import { defineApp } from 'twodoors';
import { FILLERS_AFTER, FILLERS_BEFORE } from '../../fillers.js';
import { HomeController, TodoController } from './controllers.js';
import { fillerControllers } from './filler-controller.js';

export const app = defineApp({
  controllers: [
    ...fillerControllers(FILLERS_BEFORE),
    HomeController,
    TodoController,
    ...fillerControllers(FILLERS_AFTER),
  ],
});
