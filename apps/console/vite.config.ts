import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { recordInputs } from '../../scripts/setup/build-inputs.mjs'

/** The console. Every page is a chunk of its own, so that the first load carries only the frame. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), recordInputs('console')],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
})
