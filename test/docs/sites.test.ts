import { pagesOf } from './pages.js';
import { runPages } from './run-pages.js';

runPages(pagesOf('sites'));
