import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { recordInputs } from '../../scripts/setup/build-inputs.mjs'

const root = fileURLToPath(new URL('../../systems/shop/storefront/', import.meta.url))

/** One classic script (`dist/assistant.js`), since only a classic script knows the tag that loaded it. */
export default defineConfig({
  root,
  publicDir: false,
  plugins: [recordInputs('assistant')],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    lib: {
      entry: `${root}assistant/main.ts`,
      formats: ['iife'],
      name: 'HeavyliftAssistant',
      fileName: () => 'assistant.js',
    },
  },
})
