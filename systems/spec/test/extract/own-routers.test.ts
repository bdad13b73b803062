import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a class that keeps routes by method and path and puts them on Express later is followed, with types of Flow and names exported twice [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'src/kept-routes.js': `// @flow
import express from 'express'
export default class KeptRoutes {
  constructor(routes: Array<any> = []) {
    this.routes = routes
    this.fill()
  }
  fill() {}
  route(method: string, path: string, ...handlers: Array<any>) {
    switch (method) {
      case 'POST':
      case 'GET':
        break
      default:
        throw 'no ' + method
    }
    let handler = handlers[0]
    if (handlers.length > 1)
      handler = (req) => handlers.reduce((before, one) => before.then(() => one(req)), Promise.resolve())
    this.routes.push({ method, path, handler })
  }
  router() {
    const router = express.Router()
    this.routes.forEach((route) => {
      const verb = route.method.toLowerCase()
      router[verb].call(router, route.path, answering(route.handler))
    })
    return router
  }
}
function answering(handler) {
  return (req, res, next) => {
    handler(req).then((result) => { res.status(result.status || 200); res.json(result.body) }, (error) => next(error))
  }
}
`,
      'src/crates.js': `
import KeptRoutes from './kept-routes'
export class Crates extends KeptRoutes {
  fill() {
    this.route('GET', '/crates', (req) => this.list(req))
    this.route('POST', '/crates', check, (req) => this.add(req))
  }
  async list(req) { return { body: [req.query.limit] } }
  async add(req) { return { status: 201, body: {} } }
}
const check = async () => {}
export default Crates
`,
      'src/server.js': `
import express from 'express'
import { Crates } from './crates'
import KeptRoutes from './kept-routes'
class Server {
  constructor(options) { throw new Error('no options') }
  static app(options) {
    const app = express()
    app.use('/api', Server.routes().router())
    return app
  }
  static routes() {
    return new KeptRoutes([new Crates()].reduce((all, one) => all.concat(one.routes), []))
  }
}
export default Server
`,
    }),
  )
  expect(found.operations).toEqual(['GET /api/crates', 'POST /api/crates'])
  expect(found.parameters['GET /api/crates']).toEqual(['query limit'])
})

test('of routers that a setting chooses between, all are read [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const express = require('express')
const old = express.Router()
old.get('/old', (req, res) => res.json({}))
const pages = express.Router()
pages.get('/pages', (req, res) => res.json({}))
const app = express()
app.use('/', process.env.PAGES ? pages : old)
`,
    }),
  )
  expect(found.operations).toEqual(['GET /old', 'GET /pages'])
})
