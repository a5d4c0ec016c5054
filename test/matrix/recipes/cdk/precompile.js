import { precompileViews } from 'twodoors/build';

await precompileViews({ folders: ['src/views'], file: 'build/views.js' });
