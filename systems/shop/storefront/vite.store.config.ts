import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/** The demo store, served below `/store/`. */
export default defineConfig({
  root,
  base: '/store/',
  plugins: [react()],
  build: { outDir: 'dist/store', emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
})
