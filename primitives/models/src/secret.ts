import { readFile } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'

/**
 * Reads a secret by reference at the moment of use, so that configuration, logs and prompts hold only the reference:
 * `env:NAME` or `file:/path` (trimmed). Throws `secret-missing` without saying anything of the value.
 */
export async function readSecret(
  reference: string,
  environment: Record<string, string | undefined> = process.env,
): Promise<string> {
  const [kind, name] = split(reference)
  if (kind === 'env') {
    const value = environment[name]?.trim()
    if (value) return value
    throw new InvalidInputError({
      code: 'secret-missing',
      message: `The environment variable ${name} is not set. Set it, or change the reference "env:${name}".`,
    })
  }
  try {
    const value = (await readFile(name, 'utf8')).trim()
    if (value) return value
  } catch (cause) {
    throw new InvalidInputError({
      code: 'secret-missing',
      message: `The secret file ${name} cannot be read. Create it, or change the reference.`,
      cause,
    })
  }
  throw new InvalidInputError({ code: 'secret-missing', message: `The secret file ${name} is empty.` })
}

function split(reference: string): ['env' | 'file', string] {
  const at = reference.indexOf(':')
  const kind = reference.slice(0, at)
  const name = reference.slice(at + 1)
  if ((kind === 'env' || kind === 'file') && name) return [kind, name]
  // The reference itself is not shown: someone may have put the key there.
  throw new InvalidInputError({
    code: 'secret-reference-invalid',
    message: 'A secret is named as "env:NAME" or "file:/path", never written out in the configuration.',
  })
}
