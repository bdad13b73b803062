import type { Site, SymbolValue, Value } from '../resolve/values.ts'
import { constant, symbol } from '../resolve/values.ts'
import type { ParameterPlace } from './pack.ts'

/** What a language gives where a part of a request is not there. `isList`: Go's headers by their map. */
export function nothingShown(
  place: ParameterPlace,
  otherwise: Value | undefined,
  { module }: Site,
  isList = false,
): Value {
  if (otherwise) return otherwise
  if (module.language !== 'go') return constant(null)
  if (isList) return { t: 'list', items: [], isOpen: false }
  // net/http, `ErrNoCookie`.
  return place === 'cookie'
    ? {
        t: 'list',
        items: [constant(null), symbol('net/http.ErrNoCookie', 'http.ErrNoCookie')],
        isOpen: false,
      }
    : constant('')
}

/** What code outside gives that looks for who calls by itself: `username, password, ok := r.BasicAuth()`. */
export const withoutSignIn = ({ path }: SymbolValue): Value | null =>
  /(?:^net\/http\.Request\(\)|\.Request)\.BasicAuth$/.test(path)
    ? { t: 'list', items: [constant(''), constant(''), constant(false)], isOpen: false }
    : null
