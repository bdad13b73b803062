import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { recordInputs } from '../../scripts/setup/build-inputs.mjs'

const root = fileURLToPath(new URL('../../systems/shop/storefront/', import.meta.url))

/** The demo store, served below `/store/`. */
export default defineConfig({
  root,
  base: '/store/',
  plugins: [react(), recordInputs('store')],
  build: { outDir: 'dist/store', emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
})
