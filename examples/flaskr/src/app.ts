import { BadRequestError, defineApp } from 'twodoors';
import { securityHeaders } from 'twodoors/middleware';
import { sessions } from 'twodoors/sessions';
import { nunjucks } from 'twodoors/views';
import { signingIn } from './auth.js';
import { ApiController } from './controllers/api.controller.js';
import { AuthController } from './controllers/auth.controller.js';
import { BlogController } from './controllers/blog.controller.js';
import { closeDatabase, openDatabase } from './database.js';

export const app = defineApp({
  controllers: [AuthController, BlogController, ApiController],
  views: nunjucks(),
  public: [{ root: 'src/public', prefix: '/static' }],
  use: [securityHeaders(), sessions({ secret: () => process.env.SECRET }), signingIn],
  // As in Flask, a path has one spelling.
  strict: true,
  caseSensitive: true,
  onStart: openDatabase,
  onStop: closeDatabase,
  // Postgres keeps every character but NUL.
  onError: (error) =>
    (error as { code?: unknown })?.code === '22021' ? new BadRequestError('Text cannot contain NUL.') : undefined,
});
