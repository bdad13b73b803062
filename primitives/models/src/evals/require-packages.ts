import { findPackageJSON } from 'node:module'
import { HeavyliftError } from '@heavylift/core'

/**
 * Throws `packages-missing` (501) when one of these packages is not installed: what only developers need stays out of
 * an installation that serves.
 */
export function requirePackages(what: string, names: readonly string[]): void {
  const missing = names.filter((name) => !isInstalled(name))
  if (missing.length === 0) return
  throw new HeavyliftError({
    code: 'packages-missing',
    message: `${what} needs ${missing.join(', ')}, which a start does not install. Install what developers need in the project's folder: npm install --include=dev`,
    status: 501,
  })
}

function isInstalled(name: string): boolean {
  try {
    return findPackageJSON(name, import.meta.url) !== undefined
  } catch {
    return false
  }
}
