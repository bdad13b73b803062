import type { LoadedConfig } from '@heavylift/core/runtime'
import type { Setting } from '@heavylift/server'

/** Every option as the console shows it; secrets that are set read `[redacted]`. */
export function listSettings(config: LoadedConfig): Setting[] {
  return config.options().map(({ path, description, value, isSecret, source }) => ({
    name: path,
    description,
    value: isSecret && value !== null && value !== undefined ? '[redacted]' : text(value),
    source: typeof source === 'object' ? 'environment' : source,
  }))
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
