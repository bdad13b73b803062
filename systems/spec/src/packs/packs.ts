import { adonis } from './adonis/adonis.ts'
import { armeria } from './armeria/armeria.ts'
import { astro } from './astro/astro.ts'
import { chi } from './chi/chi.ts'
import { django } from './django/django.ts'
import { echo } from './echo/echo.ts'
import { elysia } from './elysia/elysia.ts'
import { express } from './express/express.ts'
import { fastapi } from './fastapi/fastapi.ts'
import { fastify } from './fastify/fastify.ts'
import { fiber } from './fiber/fiber.ts'
import { flask } from './flask/flask.ts'
import { gin } from './gin/gin.ts'
import { gorillaMux } from './gorilla-mux/gorilla-mux.ts'
import { hapi } from './hapi/hapi.ts'
import { hono } from './hono/hono.ts'
import { fasthttp } from './fasthttp/fasthttp.ts'
import { httprouter } from './httprouter/httprouter.ts'
import { huma } from './huma/huma.ts'
import { javalin } from './javalin/javalin.ts'
import { jaxRs } from './jax-rs/jax-rs.ts'
import { litestar } from './litestar/litestar.ts'
import { koa, koaJoiRouter, koaRoute } from './koa/koa.ts'
import { medusa } from './medusa/medusa.ts'
import { micronaut } from './micronaut/micronaut.ts'
import { nestjs } from './nestjs/nestjs.ts'
import { netHttp } from './net-http/net-http.ts'
import { next, nextPages } from './next/next.ts'
import { nitro, nuxt } from './nitro/nitro.ts'
import { quart } from './quart/quart.ts'
import { aiohttp } from './aiohttp/aiohttp.ts'
import { starlette } from './starlette/starlette.ts'
import { sanic } from './sanic/sanic.ts'
import { falcon } from './falcon/falcon.ts'
import { bottle } from './bottle/bottle.ts'
import type { Pack } from './pack.ts'
import { pyramid } from './pyramid/pyramid.ts'
import { polka } from './polka/polka.ts'
import { restify } from './restify/restify.ts'
import { routingControllers } from './routing-controllers/routing-controllers.ts'
import { servlet } from './servlet/servlet.ts'
import { spring } from './spring/spring.ts'
import { sveltekit } from './sveltekit/sveltekit.ts'
import { tornado } from './tornado/tornado.ts'
import { beego } from './beego/beego.ts'
import { goRestful } from './go-restful/go-restful.ts'
import { goZero } from './go-zero/go-zero.ts'
import { hertz } from './hertz/hertz.ts'
import { inversify } from './inversify/inversify.ts'
import { iris } from './iris/iris.ts'
import { vertx } from './vertx/vertx.ts'
import { spark } from './spark/spark.ts'
import { djangoNinja } from './django-ninja/django-ninja.ts'
import { fluentHttp } from './fluent-http/fluent-http.ts'
import { loopback } from './loopback/loopback.ts'
import { tsRest } from './ts-rest/ts-rest.ts'
import { tsoa } from './tsoa/tsoa.ts'

/** Every framework whose routes are read. Adding one is a folder and a line. */
export const packs: readonly Pack[] = [
  express,
  fastify,
  hono,
  koa,
  koaRoute,
  koaJoiRouter,
  nestjs,
  hapi,
  next,
  nextPages,
  sveltekit,
  nuxt,
  nitro,
  medusa,
  astro,
  elysia,
  restify,
  polka,
  routingControllers,
  inversify,
  tsoa,
  tsRest,
  loopback,
  adonis,
  fastapi,
  litestar,
  flask,
  django,
  djangoNinja,
  tornado,
  quart,
  aiohttp,
  starlette,
  sanic,
  falcon,
  bottle,
  pyramid,
  spring,
  jaxRs,
  micronaut,
  armeria,
  javalin,
  servlet,
  vertx,
  spark,
  fluentHttp,
  gin,
  echo,
  chi,
  fiber,
  gorillaMux,
  huma,
  httprouter,
  fasthttp,
  beego,
  goRestful,
  goZero,
  hertz,
  iris,
  netHttp,
]
