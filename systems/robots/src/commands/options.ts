import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'

export function textOf(options: CommandInput['options'], name: string, usual?: string): string {
  const value = options[name]
  if (typeof value === 'string' && value !== '') return value
  if (usual !== undefined) return usual
  throw new InvalidInputError({ code: 'option-missing', message: `--${name} is needed.` })
}

export function countOf(options: CommandInput['options'], name: string, usual: number): number {
  const value = Number(textOf(options, name, String(usual)))
  if (Number.isInteger(value) && value >= 0) return value
  throw new InvalidInputError({ code: 'option-invalid', message: `--${name} takes a whole number.` })
}
