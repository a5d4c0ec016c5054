import { makeKoaApp } from './koa-app.js';

const port = Number(process.env.PORT ?? 3000);
makeKoaApp().listen(port, () => console.log(`Listening on http://localhost:${port}`));
