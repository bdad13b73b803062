import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('decorators of a program that note routes of its classes run as these are made, and what routes by them finds it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0","reflect-metadata":"0.2.0"}}',
      'index.ts': `
import 'reflect-metadata'
import express, { Router } from 'express'
import { Kilns } from './kilns'
import { Keys } from './marks'
const app = express()
for (const cls of [Kilns]) {
  const it = new cls()
  const base = Reflect.getMetadata(Keys.BASE, cls)
  const routes = Reflect.getMetadata(Keys.ROUTES, cls)
  const router = Router()
  routes.forEach(({ method, path, name }) => { router[method](path, it[name].bind(it)) })
  app.use(base, router)
}
app.listen(80)
`,
      'marks.ts': `
export enum Keys { BASE = 'base', ROUTES = 'routes' }
export const Below = (base: string): ClassDecorator => (target) => { Reflect.defineMetadata(Keys.BASE, base, target) }
const routed = (method: string) => (path: string): MethodDecorator => (target, name) => {
  const cls = target.constructor
  const routes = Reflect.hasMetadata(Keys.ROUTES, cls) ? Reflect.getMetadata(Keys.ROUTES, cls) : []
  routes.push({ method, path, name })
  Reflect.defineMetadata(Keys.ROUTES, routes, cls)
}
export const Finds = routed('get')
export const Makes = routed('post')
`,
      'kilns.ts': `
import { Below, Finds, Makes } from './marks'
@Below('/kilns')
export class Kilns {
  @Finds('/:id')
  one(req, res) {
    if (req.params.id === 'none') return res.status(404).json({ error: 'No kiln.' })
    res.json({})
  }
  @Makes('')
  add(req, res) { res.status(201).json({}) }
}
`,
    }),
  ).toEqual({ '/kilns/{id}': ['404 No kiln. where path.id == none', '200'], '/kilns': ['201'] })
})

test('what a program sets for all of its modules is known by its bare name [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
global.ownRoot = __dirname
const app = express()
require('./boot')(app)
app.listen(80)
`,
      'boot.js': `
const fs = require('fs')
const path = require('path')
module.exports = (app) => {
  const parts = path.join(ownRoot, 'parts')
  for (const name of fs.readdirSync(parts)) app.use('/' + name, require(path.join(parts, name, 'routes.js')))
}
`,
      'parts/kilns/routes.js': `
const router = require('express').Router()
const { list } = require(ownRoot + '/lib/lists')
router.get('/', list)
module.exports = router
`,
      'lib/lists.js': `exports.list = (req, res) => { if (!req.query.at) return res.status(400).end(); res.json([]) }
`,
    }),
  ).toEqual({ '/kilns': ['400 where !query.at', '200'] })
})
