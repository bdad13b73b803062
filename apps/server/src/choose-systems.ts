import { InvalidInputError } from '@heavylift/core'
import { findNearest } from '@heavylift/core/runtime/nearest'

interface Loadable<Loaded> {
  name: string
  load(): Promise<Loaded>
}

/**
 * Loads the named systems (null for every one) and those that they need, in the order of the installation.
 * @throws InvalidInputError `system-unknown` for a name that is not installed, with those that are
 */
export async function chooseSystems<Loaded extends { name: string; needs?: readonly string[] }>(
  installed: readonly Loadable<Loaded>[],
  names: readonly string[] | null,
): Promise<Loaded[]> {
  const loaded = new Map<string, Loaded>()
  const add = async (name: string, neededBy: string | null): Promise<void> => {
    if (loaded.has(name)) return
    const found = installed.find((candidate) => candidate.name === name)
    if (!found) throw unknown(name, neededBy, installed)
    const system = await found.load()
    loaded.set(name, system)
    for (const need of system.needs ?? []) await add(need, name)
  }
  for (const name of names ?? installed.map((system) => system.name)) await add(name, null)
  return installed.flatMap(({ name }) => loaded.get(name) ?? [])
}

function unknown(
  name: string,
  neededBy: string | null,
  installed: readonly { name: string }[],
): InvalidInputError {
  const names = installed.map((system) => system.name)
  const near = findNearest(name, names)
  return new InvalidInputError({
    code: 'system-unknown',
    message:
      `There is no system "${name}"${neededBy === null ? '' : `, which ${neededBy} needs`}. ` +
      `${near === null ? '' : `Did you mean ${near}? `}There are: ${names.join(', ')}.`,
  })
}
