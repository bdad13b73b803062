// Loaded before a program by `--import`: writes the path of every module that it loads, one a line, into MODULES_FILE at its end.
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/** @type {Set<string>} */
const paths = new Set()
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) paths.add(fileURLToPath(url))
    return next(url, context)
  },
})
const file = process.env['MODULES_FILE'] ?? ''
delete process.env['MODULES_FILE']
process.on('exit', () => writeFileSync(file, [...paths].join('\n')))
