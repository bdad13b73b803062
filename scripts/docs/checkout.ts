import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listAnchors } from './markdown.ts'

/** A checkout, as far as the checks of documents look at one. */
export interface Checkout {
  /** Whether there is a file or folder; `path` is relative to the root. */
  has(path: string): boolean
  /** Text of a file that is there. */
  read(path: string): string
}

export function openCheckout(root: string): Checkout {
  return {
    has: (path) => existsSync(join(root, path)),
    read: (path) => readFileSync(join(root, path), 'utf8'),
  }
}

/** What is wrong with `path` or `path#anchor`, relative to the root of the checkout; null when it resolves. */
export function findFault(target: string, checkout: Checkout): string | null {
  const [path = '', anchor] = target.split('#')
  if (!checkout.has(path)) return `there is no ${path}`
  if (anchor === undefined || listAnchors(checkout.read(path)).has(anchor)) return null
  return `${path} has no section #${anchor}`
}
