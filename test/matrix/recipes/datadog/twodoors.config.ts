import { defineConfig } from 'twodoors/config';

// Datadog's layer has both packages; dd-trace patches what it finds in node_modules, and cannot be bundled.
export default defineConfig({ lambda: { external: ['datadog-lambda-js', 'dd-trace'] } });
