import { join } from 'node:path'
import type { StaticFiles } from '@heavylift/core'

const built = join(import.meta.dirname, '../../storefront/dist/')

/** The bundled web component; it is there once the console's build has run. */
export const assistantScriptFile = `${built}assistant.js`

/** The demo store. */
export const storefrontFiles: StaticFiles[] = [{ mount: '/store/', dir: `${built}store` }]
