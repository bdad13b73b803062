import { fileURLToPath } from 'node:url'
import type { StaticFiles } from '@heavylift/core'

const built = fileURLToPath(new URL('../../storefront/dist/', import.meta.url))

/** The bundled web component; it is there once the console's build has run. */
export const assistantScriptFile = `${built}assistant.js`

/** The demo store. */
export const storefrontFiles: StaticFiles[] = [{ mount: '/store/', dir: `${built}store` }]
