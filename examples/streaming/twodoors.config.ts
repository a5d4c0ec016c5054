import { defineConfig } from 'twodoors/config';

export default defineConfig({ lambda: { streaming: true } });
