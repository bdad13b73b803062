import type { AnnotationRules, CallRule, Pack } from '../pack.ts'

const at = (name: string) => `com.linecorp.armeria.server.annotation.${name}`
const common = (name: string) => `com.linecorp.armeria.common.${name}`
const path = { at: 0, name: 'value' }
const methods: AnnotationRules['methods'] = Object.fromEntries(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'].map((name) => [
    at(name),
    { method: name.toUpperCase(), path },
  ]),
)
const given = { status: { any: true, otherwise: 200 }, body: 2 } as const
const context = 'com.linecorp.armeria.server.ServiceRequestContext()'

/** Armeria (armeria.dev, "Annotated services"): methods of the objects that `annotatedService` is given. */
export const armeria: Pack = {
  framework: 'Armeria',
  language: 'java',
  uses: /^com\.linecorp\.armeria\.server(?:\.|$)/,
  syntax: 'braces',
  calls: Object.fromEntries<CallRule>(
    (
      [
        [`${context}.pathParam`, 'path'],
        [`${context}.queryParam`, 'query'],
        [`${context}.queryParams().get`, 'query'],
        [`${context}.request().headers().get`, 'header'],
        [`${common('HttpRequest')}().headers().get`, 'header'],
        [`${common('AggregatedHttpRequest')}().headers().get`, 'header'],
        [`${common('RequestHeaders')}().get`, 'header'],
        [`${common('QueryParams')}().get`, 'query'],
      ] as const
    ).map(([name, place]) => [name, { does: 'read', in: place, name: 0 }]),
  ),
  answers: {
    [`${common('HttpResponse')}.of`]: given,
    [`${common('AggregatedHttpResponse')}.of`]: given,
    [`${common('ResponseEntity')}.of`]: { status: { any: true, otherwise: 200 }, body: 1 },
    [`${common('HttpResponse')}.ofJson`]: { status: { any: true, otherwise: 200 }, body: 1 },
    [`${common('HttpResponse')}.ofRedirect`]: { status: { any: true, otherwise: 307 } },
  },
  errors: {
    'com.linecorp.armeria.server.HttpStatusException.of': { arg: 0 },
    'com.linecorp.armeria.server.HttpResponseException.of': { any: true, otherwise: 500 },
    // "Handling exceptions": what no handler takes.
    'java.lang.IllegalArgumentException': 400,
  },
  annotations: {
    refusals: { unknown: 401, forbidden: 403 },
    controllers: { [at('PathPrefix')]: { path } },
    isForAnyClass: true,
    methods,
    methodPaths: { [at('Path')]: { path } },
    parameters: {
      // Of the path where that has its name.
      [at('Param')]: { in: 'query', name: path, isRequired: true, isOfPath: true },
      [at('Header')]: { in: 'header', name: path, isRequired: true, isHyphenated: true },
      [at('RequestObject')]: { in: 'body', name: 99, isRequired: true },
    },
    status: { [at('StatusCode')]: path },
    plain: 'body',
    guards: {},
    // `@Decorator` is run by `extract/around/java.ts`.
    middleware: { method: 'serve' },
    emptyStatus: 204,
    badValue: 400,
  },
  returns: { status: 200, isBody: true, nothingIsEmpty: true },
  invalidStatus: 400,
}
