// Imports what the arguments name, and tells which files that loaded.
import { registerHooks } from 'node:module'

const loaded: string[] = []
registerHooks({
  load(url, context, next) {
    loaded.push(url)
    return next(url, context)
  },
})
for (const specifier of process.argv.slice(2)) await import(specifier)
process.send?.(loaded)
