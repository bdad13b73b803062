import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const express = (config: string) => `
import express, { Router } from 'express'
${config}
const shelf = Router()
shelf.get('/books', (req, res) => { res.json([]) })
const app = express()
app.use(prefix, shelf)
app.listen(80)
`
const nest = (main: string, more = '', controller = '') => ({
  'package.json': '{"dependencies":{"@nestjs/core":"10.0.0","@nestjs/config":"3.0.0"}}',
  'src/main.ts': `
import { NestFactory } from '@nestjs/core'
import { ConfigService } from '@nestjs/config'
import { VersioningType, RequestMethod } from '@nestjs/common'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${main}
  await app.listen(80)
}
bootstrap()
`,
  'src/app.module.ts': `
import { Module } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import { RouterModule } from '@nestjs/core'
import * as Joi from 'joi'
import { z } from 'zod'
import { BooksController } from './books.controller'
@Module({ imports: [${more}], controllers: [BooksController] })
export class AppModule {}
`,
  'src/books.controller.ts': `
import { Controller, Get, Version } from '@nestjs/common'
${controller === '' ? "@Controller('books')" : controller}
export class BooksController {
  @Get()
  list() { return [] }
}
`,
})
const cases: Record<string, Record<string, string>> = {
  'a default by ??': { 'app.ts': express(`const prefix = process.env.API_PREFIX ?? '/api'`) },
  'a default by destructuring': { 'app.ts': express(`const { API_PREFIX: prefix = '/api' } = process.env`) },
  'node:process': {
    'app.ts': express(`import { env } from 'node:process'\nconst prefix = env.API_PREFIX || '/api'`),
  },
  'a function of the repository': {
    'app.ts': express(`import { text } from './env'\nconst prefix = text('API_PREFIX', '/api')`),
    'env.ts': `export function text(key: string, otherwise?: string): string {
  const value = process.env[key]
  if (value === undefined) {
    if (otherwise !== undefined) return otherwise
    throw new Error('Set ' + key)
  }
  return value
}`,
  },
  'a template': { 'app.ts': express("const prefix = `/${process.env.BASE || 'api'}`") },
  zod: {
    'app.ts': express(`import { env } from './env'\nconst prefix = env.API_PREFIX`),
    'env.ts': `import 'dotenv/config'
import { z } from 'zod'
const schema = z.object({ PORT: z.coerce.number().default(80), API_PREFIX: z.string().startsWith('/').default('/api') })
export const env = schema.parse(process.env)`,
  },
  'zod, safely': {
    'app.ts': express(`import { env } from './env'\nconst prefix = env.API_PREFIX`),
    'env.ts': `import { z } from 'zod'
const schema = z.object({ API_PREFIX: z.string().default('/api') })
const parsed = schema.safeParse(process.env)
if (!parsed.success) { console.error(parsed.error.format()); process.exit(1) }
export const env = parsed.data`,
  },
  't3 env': {
    'app.ts': express(`import { env } from './env'\nconst prefix = env.API_PREFIX`),
    'env.ts': `import { createEnv } from '@t3-oss/env-core'
import { z } from 'zod'
export const env = createEnv({ server: { API_PREFIX: z.string().default('/api') }, runtimeEnv: process.env })`,
  },
  joi: {
    'app.ts': express(`import config from './config'\nconst prefix = config.api.prefix`),
    'config.ts': `import Joi from 'joi'
const schema = Joi.object().keys({ API_PREFIX: Joi.string().default('/api').description('Where it begins') }).unknown()
const { value: vars, error } = schema.prefs({ errors: { label: 'key' } }).validate(process.env)
if (error) throw new Error(error.message)
export default { api: { prefix: vars.API_PREFIX } }`,
  },
  yup: {
    'app.ts': express(
      `import * as yup from 'yup'\nconst prefix = yup.object({ API_PREFIX: yup.string().default('/api') }).validateSync(process.env).API_PREFIX`,
    ),
  },
  valibot: {
    'app.ts': express(
      `import * as v from 'valibot'\nconst prefix = v.parse(v.object({ API_PREFIX: v.optional(v.string(), '/api') }), process.env).API_PREFIX`,
    ),
  },
  envalid: {
    'app.ts': express(`import { env } from './env'\nconst prefix = env.API_PREFIX`),
    'env.ts': `import { cleanEnv, port, str } from 'envalid'
export const env = cleanEnv(process.env, { PORT: port({ default: 80 }), API_PREFIX: str({ default: '/api' }) })`,
  },
  'env-var': {
    'app.ts': express(
      `import { get } from 'env-var'\nconst prefix = get('API_PREFIX').default('/api').asString()`,
    ),
  },
  'env-var, as a whole': {
    'app.ts': express(
      `import * as env from 'env-var'\nconst prefix = env.get('API_PREFIX').default('/api').required().asUrlString()`,
    ),
  },
  convict: {
    'app.ts': express(`import config from './config'\nconst prefix = config.get('api.prefix')`),
    'config.ts': `import convict from 'convict'
const config = convict({ api: { prefix: { doc: 'Where it begins', format: String, default: '/api', env: 'API_PREFIX' } } })
config.validate({ allowed: 'strict' })
export default config`,
  },
  'node-config': {
    'package.json': '{"dependencies":{"express":"4.0.0","config":"3.0.0"}}',
    'src/app.ts': express(`import config from 'config'\nconst prefix = config.get<string>('api.prefix')`),
    'config/default.json': '{"api":{"prefix":"/api"}}',
  },
  'node-config of code': {
    'package.json': '{"dependencies":{"express":"4.0.0","config":"3.0.0"}}',
    'src/app.ts': express(`import config from 'config'\nconst prefix: string = config.get('prefix')`),
    'config/default.js': `module.exports = { prefix: process.env.API_PREFIX || '/api' }`,
  },
  'node-config in YAML': {
    'package.json': '{"dependencies":{"express":"4.0.0","config":"3.0.0"}}',
    'src/app.ts': express(`import config from 'config'\nconst prefix = config.get('api.prefix')`),
    'config/default.yaml': 'port: 80\napi:\n  prefix: /api\n',
  },
  'a group of node-config': {
    'package.json': '{"dependencies":{"express":"4.0.0","config":"3.0.0"}}',
    'src/app.ts': express(`import config from 'config'\nconst { prefix } = config.get('paths')`),
    'config/default.js': `const all = { paths: { prefix: '/api' } }\nmodule.exports = all`,
  },
  'JSON that is imported': {
    'app.ts': express(`import settings from './settings.json'\nconst prefix = settings.prefix`),
    'settings.json': '{"prefix":"/api"}',
  },
  'a file of data in which a secret is empty': {
    'app.ts': express(
      `import settings from './settings.json'\nif (!settings.secret || !settings.key) throw new Error('Say the secret')\nconst prefix = settings.prefix`,
    ),
    'settings.json': '{"prefix":"/api","secret":"","key":null}',
  },
  'JSON that is required': {
    'app.js': `
const express = require('express')
const { prefix } = require('./settings.json')
const app = express()
const shelf = express.Router()
shelf.get('/books', (req, res) => { res.json([]) })
app.use(prefix, shelf)
app.listen(80)`,
    'settings.json': '{"prefix":"/api"}',
  },
  nconf: {
    'app.ts': express(
      `import nconf from 'nconf'\nnconf.argv().env().defaults({ api: { prefix: '/api' } })\nconst prefix = nconf.get('api:prefix')`,
    ),
  },
  'a class of settings': {
    'app.ts': express(`import { settings } from './settings'\nconst prefix = settings.apiPrefix`),
    'settings.ts': `class Settings {
  readonly port = Number(process.env.PORT ?? 80)
  get apiPrefix(): string { return process.env.API_PREFIX ?? '/api' }
}
export const settings = new Settings()`,
  },
  'a class of settings that makes itself': {
    'app.ts': express(
      `import { Settings } from './settings'\nconst prefix = Settings.getInstance().get('API_PREFIX', '/api')`,
    ),
    'settings.ts': `export class Settings {
  private static instance: Settings
  private constructor(private readonly values: NodeJS.ProcessEnv) {}
  static getInstance(): Settings {
    if (!Settings.instance) Settings.instance = new Settings(process.env)
    return Settings.instance
  }
  get(key: string, otherwise: string): string { return this.values[key] ?? otherwise }
}`,
  },
  'fastify-env': {
    'app.ts': `
import Fastify from 'fastify'
import fastifyEnv from '@fastify/env'
const schema = { type: 'object', required: ['PORT'], properties: { PORT: { type: 'number' }, API_PREFIX: { type: 'string', default: '/api' } } }
const app = Fastify()
await app.register(fastifyEnv, { schema, dotenv: true })
app.register(async (shelf) => { shelf.get('/books', async () => []) }, { prefix: app.config.API_PREFIX })
app.listen({ port: app.config.PORT })`,
  },
  'fastify-env under a name': {
    'app.ts': `
import Fastify from 'fastify'
import fastifyEnv from '@fastify/env'
import { Type } from '@sinclair/typebox'
const app = Fastify()
app.register(fastifyEnv, { confKey: 'settings', schema: Type.Object({ API_PREFIX: Type.String({ default: '/api' }) }) }).after(() => {
  app.register(async (shelf) => { shelf.get('/books', async () => []) }, { prefix: app.settings.API_PREFIX })
})
app.listen({ port: 80 })`,
  },
  'env-schema': {
    'app.ts': `
import Fastify from 'fastify'
import envSchema from 'env-schema'
import { Type } from '@sinclair/typebox'
const config = envSchema({ schema: Type.Object({ API_PREFIX: Type.String({ default: '/api' }) }) })
const app = Fastify()
app.register(async (shelf) => { shelf.get('/books', async () => []) }, { prefix: config.API_PREFIX })
app.listen({ port: 80 })`,
  },
  'fastify autoload with a prefix': {
    'package.json':
      '{"dependencies":{"fastify":"4.0.0"},"scripts":{"start":"npm run build && fastify start -l info dist/app.js"}}',
    'src/app.ts': `
import { join } from 'node:path'
import autoload from '@fastify/autoload'
export default async function app(fastify) {
  await fastify.register(autoload, { dir: join(import.meta.dirname, 'plugins') })
  fastify.register(autoload, { dir: join(import.meta.dirname, 'routes'), options: { prefix: fastify.config.API_PREFIX } })
}`,
    'src/plugins/config.ts': `
import envSchema from 'env-schema'
import fp from 'fastify-plugin'
export default fp(async (fastify) => {
  fastify.decorate('config', envSchema({ schema: { type: 'object', properties: { API_PREFIX: { type: 'string', default: '/api' } } } }))
})`,
    'src/routes/books/index.ts': `export default async function (fastify) { fastify.get('/', async () => []) }`,
  },
  'Nest, a default in the call': nest(
    `const config = app.get(ConfigService)\n app.setGlobalPrefix(config.get<string>('API_PREFIX', 'api'))`,
    'ConfigModule.forRoot()',
  ),
  'Nest, a default behind the call': nest(
    `app.setGlobalPrefix(app.get(ConfigService).get('API_PREFIX') || 'api')`,
    'ConfigModule.forRoot()',
  ),
  'Nest, what is loaded': nest(
    `app.setGlobalPrefix(app.get(ConfigService).getOrThrow('app.prefix'))`,
    `ConfigModule.forRoot({ load: [() => ({ app: { prefix: process.env.API_PREFIX || 'api' } })] })`,
  ),
  'Nest, checked by Joi': nest(
    `const config = app.get(ConfigService)\n const prefix = config.get('API_PREFIX')\n app.setGlobalPrefix(prefix)`,
    `ConfigModule.forRoot({ validationSchema: Joi.object({ API_PREFIX: Joi.string().default('api') }) })`,
  ),
  'Nest, checked by zod': nest(
    `app.setGlobalPrefix(app.get(ConfigService).get('API_PREFIX', { infer: true }))`,
    `ConfigModule.forRoot({ validate: (env) => z.object({ API_PREFIX: z.string().default('api') }).parse(env) })`,
  ),
  'Nest, settings under a key': {
    ...nest(
      `const own = app.get<ConfigType<typeof appConfig>>(appConfig.KEY)\n app.setGlobalPrefix(own.prefix)`,
      'ConfigModule.forRoot()',
    ),
  },
  'Nest, a service of the repository': {
    ...nest(`app.setGlobalPrefix(app.get(Settings).prefix)`, 'ConfigModule.forRoot()'),
    'src/settings.ts': `
import { Injectable } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
@Injectable()
export class Settings {
  constructor(private readonly config: ConfigService) {}
  get prefix(): string { return this.config.get('API_PREFIX', 'api') }
}`,
  },
  'Nest, versions in the path': nest(
    `app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })`,
  ),
  'Nest, a class of versions': nest(
    `app.setGlobalPrefix('api')\n app.enableVersioning()`,
    '',
    `@Controller({ path: 'books', version: ['1'] })`,
  ),
  'Nest, modules below a path': nest(
    `app.setGlobalPrefix('api')`,
    `RouterModule.register([{ path: 'v1', module: AppModule }])`,
  ),
  'Nest, left out': nest(
    `app.setGlobalPrefix('api', { exclude: [{ path: 'books', method: RequestMethod.GET }] })`,
  ),
}
const keyed = cases['Nest, settings under a key'] ?? {}
keyed['src/main.ts'] =
  `import { ConfigType } from '@nestjs/config'\nimport { appConfig } from './settings'\n${keyed['src/main.ts']}`
keyed['src/settings.ts'] = `
import { registerAs } from '@nestjs/config'
export const appConfig = registerAs('app', () => ({ prefix: process.env.API_PREFIX ?? 'api' }))`
const own = cases['Nest, a service of the repository'] ?? {}
own['src/main.ts'] = `import { Settings } from './settings'\n${own['src/main.ts']}`
const expected: Record<string, string> = {
  'Nest, versions in the path': 'GET /api/v1/books',
  'Nest, a class of versions': 'GET /api/v1/books',
  'Nest, modules below a path': 'GET /api/v1/books',
  'Nest, left out': 'GET /books',
}

test.for(Object.entries(cases))('a path below a setting: %s [SPEC-EXTRACT-09]', async ([name, files]) => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0","fastify":"4.0.0"}}',
    ...files,
  })
  expect(
    factsOf(set.facts, 'operation').map(({ grade, method, path }) => `${grade} ${method} ${path}`),
  ).toEqual([`proved ${expected[name] ?? 'GET /api/books'}`])
})
