import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, `heavylift.config.json` and, by default, `.heavylift/`. */
export const installationRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
