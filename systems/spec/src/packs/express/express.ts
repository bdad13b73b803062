import { nodeConstants, nodeErrorMiddleware, nodeErrors, nodeRefusals, nodeSchemas } from '../node-errors.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 }]),
)
const answers: Record<string, CallRule> = Object.fromEntries(
  ['send', 'json', 'jsonp', 'end', 'sendFile', 'download', 'render', 'write', 'pipe'].map(
    (name): [string, CallRule] => [
      `express:res.${name}`,
      {
        does: 'respond',
        body: 0,
        ...(name.startsWith('json')
          ? { media: 'application/json' }
          : name === 'render'
            ? { media: 'text/html' }
            : {}),
      },
    ],
  ),
)

/** Express 4 and 5 (expressjs.com, "API reference"). */
export const express: Pack = {
  framework: 'Express',
  language: 'javascript',
  uses: /^(?:express|express-promise-router)$/,
  routers: {
    express: { isApp: true },
    'express.Router': { isApp: false },
    'express-promise-router': { isApp: false },
    'express.default': { isApp: true },
  },
  routerTypes: {
    'express.Application': true,
    'express.Express': true,
    'express.Router': false,
    'express.IRouter': false,
  },
  methods: {
    ...routes,
    del: { does: 'route', method: 'DELETE', path: 0, handlers: 1 },
    all: { does: 'route', method: '*', path: 0, handlers: 1 },
    use: { does: 'use', errorParameters: 4 },
    route: { does: 'path', path: 0 },
    param: { does: 'param', name: 0, drops: 0 },
    set: { does: 'setting', name: 0, value: 1 },
  },
  syntax: 'colon',
  parameters: ['express:req', 'express:res', 'express:next'],
  firstRouteAnswers: true,
  calls: {
    ...answers,
    'express:res.status': { does: 'status', status: { arg: 0 } },
    ...Object.fromEntries(
      [
        'append',
        'attachment',
        'clearCookie',
        'contentType',
        'cookie',
        'header',
        'links',
        'location',
        'set',
        'setHeader',
        'type',
        'vary',
      ].map((name): [string, CallRule] => [`express:res.${name}`, { does: 'self' }]),
    ),
    'express:res.writeHead': { does: 'status', status: { arg: 0 } },
    'express:res.sendStatus': { does: 'respond', status: { arg: 0 } },
    'express:res.redirect': { does: 'respond', status: { arg: 0, otherwise: 302 } },
    'express:next': { does: 'throw', arg: 0, isHandedOn: true },
    'http-assert': { does: 'raise', status: { arg: 1, otherwise: 500 }, message: 2, asserts: 0 },
    'express:req.get': { does: 'read', in: 'header', name: 0 },
    'express:req.header': { does: 'read', in: 'header', name: 0 },
  },
  holds: { 'express.request': 'express:req', 'express.response': 'express:res' },
  ofApp: { request: 'express:req', response: 'express:res' },
  inputs: {
    'express:req.query': 'query',
    'express:req.params': 'path',
    'express:req.headers': 'header',
    'express:req.cookies': 'cookie',
    'express:req.signedCookies': 'cookie',
    'express:req.body': 'body',
  },
  pathBelow: 'express:req.path',
  assigns: { 'express:res.statusCode': 'status' },
  saysAnswered: ['express:res.headersSent', 'express:res.writableEnded', 'express:res.finished'],
  unexpectedStatus: 500,
  errors: nodeErrors,
  constants: nodeConstants,
  errorMiddleware: nodeErrorMiddleware,
  refuses: nodeRefusals,
  schemas: nodeSchemas,
  errorMembers: ['status', 'statusCode'],
  // expressjs.com, "express.json"; body-parser, "Errors" (`entity.parse.failed`, `entity.too.large`).
  unreadBody: {
    raises: 'body-parser.SyntaxError',
    status: 400,
    isBefore: true,
    by: /^(?:(?:express|body-parser)(?:\.default)?\.json|body-parser(?:\.default)?)\(\)$/,
    longer: { option: 'limit', raises: 'body-parser.PayloadTooLargeError', status: 413 },
  },
}
