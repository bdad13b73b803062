import { redactOption } from '@heavylift/core/runtime'
import type { LoadedConfig } from '@heavylift/core/runtime'
import type { Setting } from '@heavylift/server'

/** Every option as the console shows it; secrets that are set, and passwords in addresses, read `[redacted]`. */
export function listSettings(config: LoadedConfig): Setting[] {
  return config.options().map(({ path, keys, description, value, isSecret, source }) => ({
    name: path,
    description,
    value: text(redactOption(keys.at(-1) ?? path, value, isSecret)),
    source: typeof source === 'object' ? 'environment' : source,
  }))
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
