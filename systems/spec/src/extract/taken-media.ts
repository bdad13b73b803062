import { classValue } from '../packs/django/mixins.ts'
import { each, textOf } from '../resolve/values.ts'
import type { Effect, Value } from '../resolve/values.ts'
import { settingsNamed } from './django-settings.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

/**
 * Whether what reads a body takes forms or other media in the place of the one that is told: binders of Go that go by the request's `Content-Type`, and REST
 * framework, but where the program or the view has it parse JSON alone (django-rest-framework.org, "Parsers": JSON, forms and forms of parts).
 */
export function takesOtherMedia(run: Run, { pack, view }: FoundOperation, { note }: Effect): boolean {
  if (note['isByType'] === true) return true
  if (pack.framework !== 'Django' || view === undefined) return false
  const parsers =
    classValue(run.interpreter, view.ref, 'parser_classes') ??
    settingsNamed(run, 'REST_FRAMEWORK').get('DEFAULT_PARSER_CLASSES')
  return !parsers || !each(parsers).every(isOfJson)
}

/** Whether all fields of a body may be left out: where code says so for all that it reads, or for PATCH alone. */
export const isPartial = ({ note }: Effect, { method }: FoundOperation): boolean =>
  note['isPartial'] === true || (note['isPartial'] === 'by method' && method === 'PATCH')

function isOfJson(parsers: Value): boolean {
  return (
    parsers.t === 'list' &&
    parsers.items.length > 0 &&
    parsers.items.every((one) => /JSONParser$/i.test(textOf(one) ?? nameOf(one)))
  )
}

const nameOf = (value: Value): string =>
  value.t === 'symbol' ? value.path : value.t === 'class' ? value.ref.cls.name : ''
