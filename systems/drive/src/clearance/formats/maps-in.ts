import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'

/** Folders that the option `maps` names, with commas between several; none without it. Throws `option-invalid` where one is not there. */
export function mapsIn(options: Record<string, string | boolean> = {}): string[] {
  const { maps } = options
  if (typeof maps !== 'string' || maps === '') return []
  return maps.split(',').map((folder) => {
    const path = resolve(folder)
    if (!existsSync(path))
      throw new InvalidInputError({ code: 'option-invalid', message: `--maps: there is nothing at ${path}.` })
    return path
  })
}
