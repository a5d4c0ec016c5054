import serverlessExpress from '@codegenie/serverless-express';
import { app } from './express.js';

export const handler = serverlessExpress({ app });
