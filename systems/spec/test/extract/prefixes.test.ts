import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { Extraction } from '../../src/extract/extract-facts.ts'
import { extractFiles } from '../packs/fixture.ts'

const pom = '<project><dependency><artifactId>spring-boot-starter-webflux</artifactId></dependency></project>'
const graded = ({ set }: Extraction) =>
  factsOf(set.facts, 'operation')
    .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
    .toSorted()
const questions = ({ set }: Extraction) => set.questions.map(({ text }) => text)

test('what gives routes to Spring by no bean is not proved, and what a bean collects stands below the prefix that it asks each for [SPEC-EXTRACT-09]', async () => {
  const endpoint = (name: string, path: string, more = '') => `package app;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
@Component
public class ${name} implements Endpoint {
  @Override public RouterFunction<ServerResponse> endpoint() {
    return RouterFunctions.route().GET("${path}", this::list).build();
  }
  ${more}
  Mono<ServerResponse> list(ServerRequest request) { return ServerResponse.ok().build(); }
}
`
  const read = await extractFiles({
    'pom.xml': pom,
    'src/main/java/app/Endpoint.java': `package app;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
public interface Endpoint {
  RouterFunction<ServerResponse> endpoint();
  default Version version() { return Version.parse("api.app/v1"); }
}
`,
    'src/main/java/app/Version.java': `package app;
import org.springframework.util.StringUtils;
public record Version(String group, String version) {
  @Override public String toString() { return StringUtils.hasText(group) ? group + "/" + version : version; }
  public static Version parse(String text) {
    var parts = text.split("/");
    return switch (parts.length) {
      case 1 -> new Version("", text);
      case 2 -> new Version(parts[0], parts[1]);
      default -> throw new IllegalArgumentException("Unexpected: " + text);
    };
  }
}
`,
    'src/main/java/app/TagEndpoint.java': endpoint('TagEndpoint', '/tags'),
    'src/main/java/app/UserEndpoint.java': endpoint(
      'UserEndpoint',
      '/users',
      '@Override public Version version() { return new Version("", "v2"); }',
    ),
    'src/main/java/app/Builder.java': `package app;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
public class Builder {
  private final Map<Version, List<RouterFunction<ServerResponse>>> byVersion;
  public Builder() { byVersion = new HashMap<>(); }
  public Builder add(Endpoint one) {
    byVersion.computeIfAbsent(one.version(), v -> new LinkedList<>()).add(one.endpoint());
    return this;
  }
  public RouterFunction<ServerResponse> build() {
    var builder = RouterFunctions.route();
    byVersion.forEach((version, routes) -> builder.nest(
        RequestPredicates.path("/apis/" + version),
        () -> routes.stream().reduce(RouterFunction::and).orElse(null)));
    return builder.build();
  }
}
`,
    'src/main/java/app/Config.java': `package app;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
@Configuration
public class Config {
  @Bean RouterFunction<ServerResponse> endpoints(ApplicationContext context) {
    var builder = new Builder();
    context.getBeansOfType(Endpoint.class).values().forEach(builder::add);
    return builder.build();
  }
  RouterFunction<ServerResponse> other() {
    return RouterFunctions.route().GET("/other", request -> ServerResponse.ok().build()).build();
  }
}
`,
  })
  expect(graded(read)).toEqual([
    'declared GET /other',
    'proved GET /apis/api.app/v1/tags',
    'proved GET /apis/v2/users',
  ])
  expect(factsOf(read.set.facts, 'response').map(({ grade }) => grade)).toEqual([
    'proved',
    'proved',
    'declared',
  ])
  expect(questions(read)).toEqual(['What comes before /other?'])
})

test("a group of Gin's that nothing was seen to give is below a prefix that is not known [SPEC-EXTRACT-09]", async () => {
  const read = await extractFiles({
    'go.mod': 'module app\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import "github.com/gin-gonic/gin"

func Users(group *gin.RouterGroup) {
	group.GET("/users", func(c *gin.Context) { c.Status(200) })
}

func Health(engine *gin.Engine) {
	engine.GET("/health", func(c *gin.Context) { c.Status(200) })
}
`,
  })
  expect(graded(read)).toEqual(['declared GET /health', 'declared GET /users'])
  expect(questions(read)).toEqual(['What comes before /users?', 'What serves GET /health?'])
})

test("prefixes of Spring's controllers and the server's own path stand before their paths; those of a mapping of one's own are asked for [SPEC-PACKS-01]", async () => {
  const controller = `package app.web;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
@RestController
class Users {
  @GetMapping("/users") String list() { return "all"; }
}
`
  const prefixed = await extractFiles({
    'pom.xml': pom,
    'src/main/resources/application.yml': 'server:\n  servlet:\n    context-path: ${APP_CONTEXT:/shop}\n',
    'src/main/java/app/web/Users.java': controller,
    'src/main/java/app/Config.java': `package app;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
class Config implements WebMvcConfigurer {
  @Override public void configurePathMatch(PathMatchConfigurer configurer) {
    configurer.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController.class));
    configurer.addPathPrefix("/never", HandlerTypePredicate.forBasePackage("other"));
  }
}
`,
  })
  expect(graded(prefixed)).toEqual(['proved GET /shop/api/users'])
  const mapped = await extractFiles({
    'pom.xml': pom,
    'src/main/java/app/web/Users.java': controller,
    'src/main/java/app/Mapping.java': `package app;
import java.lang.reflect.Method;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
class Mapping extends RequestMappingHandlerMapping {
  @Override protected RequestMappingInfo getMappingForMethod(Method method, Class<?> type) {
    return RequestMappingInfo.paths(type.getPackageName()).build().combine(super.getMappingForMethod(method, type));
  }
}
`,
  })
  expect(graded(mapped)).toEqual(['declared GET /users'])
})

test.each([
  ["'@nestjs/core'", 'register'],
  ["'nest-router'", 'forRoutes'],
])(
  "a path that Nest's RouterModule of %s gives a module stands before those of its controllers [SPEC-PACKS-01]",
  async (source, register) => {
    const read = await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11"}}',
      'src/app.module.ts': `import { Controller, Get, Module } from '@nestjs/common'
import { RouterModule } from ${source}

@Controller('users')
export class Users {
  @Get() list() { return [] }
}
@Module({ controllers: [Users] })
export class UsersModule {}
@Module({ imports: [UsersModule, RouterModule.${register}([{ path: 'admin', children: [{ path: 'v2', module: UsersModule }] }])] })
export class AppModule {}
`,
    })
    expect(graded(read)).toEqual(['proved GET /admin/v2/users'])
  },
)

test("a program's own path in the settings that a server of settings gives it by its name stands before its paths; where they are not here, it is asked for [SPEC-EXTRACT-09]", async () => {
  const program = (name: string, more = '') => ({
    [`${name}/pom.xml`]: pom,
    [`${name}/src/main/resources/bootstrap.yml`]: `spring:\n  application:\n    name: ${name}\n  cloud:\n    config:\n      uri: http://settings:8888\n${more}`,
    [`${name}/src/main/java/app/${name}/App.java`]: `package app.${name};
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
@SpringBootApplication
@RestController
public class App {
  @GetMapping("/all") String all() { return "${name}"; }
}
`,
  })
  const read = await extractFiles({
    ...program('books'),
    ...program('loans'),
    'settings/src/main/resources/shared/books.yml': 'server:\n  servlet:\n    context-path: /library\n',
    'books/src/main/java/app/books/Security.java': `package app.books;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
class Security {
  Object chain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated()).build();
  }
}
`,
  })
  expect(graded(read)).toEqual(['declared GET /all', 'proved GET /library/all'])
  // What one program asks of its requests is asked by no other.
  expect(factsOf(read.set.facts, 'guard').map(({ service }) => service)).toEqual(['books'])
  // A server of settings that is turned off gives none.
  const off = await extractFiles(program('loans', '      enabled: false\n'))
  expect(graded(off)).toEqual(['proved GET /all'])
})

test("Nest's global prefix is read from the settings that are registered for it, stands not before what it leaves out, and is asked for where it is not known [SPEC-EXTRACT-09]", async () => {
  const nest = (prefix: string) => ({
    'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11","@nestjs/config":"4"}}',
    'src/config.ts': `import { registerAs } from '@nestjs/config'
export default registerAs('app', () => ({ prefix: process.env.API_PREFIX || 'api' }))
`,
    'src/main.ts': `import { Controller, Get, Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { NestFactory } from '@nestjs/core'
import app from './config'

@Controller()
export class Home {
  @Get('health') health() { return 'up' }
  @Get('users') users() { return [] }
}
@Module({ imports: [ConfigModule.forRoot({ load: [app] })], controllers: [Home] })
export class AppModule {}

async function start() {
  const app = await NestFactory.create(AppModule)
  const config = app.get(ConfigService)
  app.setGlobalPrefix(${prefix}, { exclude: ['health'] })
}
start()
`,
  })
  expect(graded(await extractFiles(nest(`config.getOrThrow('app.prefix')`)))).toEqual([
    'proved GET /api/users',
    'proved GET /health',
  ])
  const asked = await extractFiles(nest('process.env.PREFIX'))
  expect(graded(asked)).toEqual(['declared GET /health', 'declared GET /users'])
  expect(questions(asked).join()).toContain('What comes before /')
})

test('versions that Nest puts in paths are those of a method, its controller or the program, by their prefix, and are asked for where only settings know them [SPEC-EXTRACT-09]', async () => {
  const nest = (options: string, settings = `{ wire: { version: '3' } }`) => ({
    'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11","@nestjs/config":"4"}}',
    'src/settings.ts': `import { merge } from 'lodash'
const own = { wire: { size: 2 } }
const settings = () => {
  const made = ${settings}
  return merge(made, own)
}
export default settings
`,
    'src/app.module.ts': `import { Controller, Get, Module, Version, VERSION_NEUTRAL } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import settings from './settings'

@Controller('geese')
export class Geese {
  @Get() all() { return [] }
  @Version(['5', '6']) @Get('grey') grey() { return [] }
  @Version(VERSION_NEUTRAL) @Get('health') health() { return 'well' }
}
@Controller({ path: 'ducks', version: '4' })
export class Ducks {
  @Get() all() { return [] }
}
@Module({ imports: [ConfigModule.forRoot({ load: [settings] })], controllers: [Geese, Ducks] })
export class AppModule {}
`,
    'src/main.ts': `import { VersioningType } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function start() {
  const app = await NestFactory.create(AppModule)
  const config = app.get(ConfigService)
  const version = config.get<string>('wire.version')
  app.enableVersioning({ type: VersioningType.URI, ${options} })
}
start()
`,
  })
  expect(graded(await extractFiles(nest('defaultVersion: version')))).toEqual([
    'proved GET /geese/health',
    'proved GET /v3/geese',
    'proved GET /v4/ducks',
    'proved GET /v5/geese/grey',
    'proved GET /v6/geese/grey',
  ])
  expect(graded(await extractFiles(nest(`defaultVersion: ['1', '2'], prefix: false`)))).toEqual([
    'proved GET /1/geese',
    'proved GET /2/geese',
    'proved GET /4/ducks',
    'proved GET /5/geese/grey',
    'proved GET /6/geese/grey',
    'proved GET /geese/health',
  ])
  const asked = await extractFiles(nest('defaultVersion: version', '{ wire: { version: process.env.WIRE } }'))
  expect(graded(asked)).toContain('declared GET /geese')
  expect(questions(asked)).toEqual(['What comes before /geese?'])
})

test("Nest's global prefix stands before what the program serves, wherever the file that sets it lies, and no library's controllers are proved without it [SPEC-EXTRACT-09]", async () => {
  const controller = (name: string) => `import { Controller, Get } from '@nestjs/common'
@Controller('${name}')
export class Own { @Get() all() { return [] } }
`
  const core = '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11"}}'
  const read = await extractFiles({
    'packages/core/package.json': core,
    'packages/core/src/bootstrap/index.ts': `import { NestFactory } from '@nestjs/core'
import { AppModule } from '../app.module'
export async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  const prefix = 'api'
  app.setGlobalPrefix(prefix)
}
bootstrap()
`,
    'packages/core/src/app.module.ts': `import { Module } from '@nestjs/common'
import { Own } from './seats/seats.controller'
@Module({ controllers: [Own] })
export class AppModule {}
`,
    'packages/core/src/seats/seats.controller.ts': controller('seats'),
    'packages/plugin/package.json': core.replace('{', '{"name":"plugin",'),
    'packages/plugin/src/notes.controller.ts': controller('notes'),
  })
  expect(graded(read)).toEqual(['declared GET /notes', 'proved GET /api/seats'])
})

test('the place of a route of gorilla/mux shows its methods beside its path [SPEC-PACKS-01]', async () => {
  const files = {
    'go.mod': 'module app\n\nrequire github.com/gorilla/mux v1.8.1\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

func users(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/users", users).Methods("POST")
	http.ListenAndServe(":80", r)
}
`,
  }
  const { set } = await extractFiles(files)
  const [operation] = factsOf(set.facts, 'operation')
  const [span] = operation?.evidence ?? []
  expect(Buffer.from(files['main.go']).subarray(span?.startByte, span?.endByte).toString()).toBe(
    'r.HandleFunc("/users", users).Methods("POST")',
  )
})

test('a composed annotation of Spring hands its path on where an alias says so [SPEC-EXTRACT-09]', async () => {
  const read = await extractFiles({
    'pom.xml': pom,
    'src/main/java/app/OpenPost.java': `package app;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.*;
@RequestMapping(method = RequestMethod.POST)
public @interface OpenPost {
  @AliasFor(annotation = RequestMapping.class)
  String[] value() default {};
  @AliasFor(annotation = RequestMapping.class, attribute = "path")
  String[] at() default {};
  String title() default "";
}
`,
    'src/main/java/app/Sessions.java': `package app;
import org.springframework.web.bind.annotation.*;
@RestController
@RequestMapping("/sessions")
public class Sessions {
  @OpenPost("/login") public String login() { return ""; }
  @OpenPost(at = "/again", title = "/other") public String again() { return ""; }
  @OpenPost public String plain() { return ""; }
}
`,
  })
  expect(graded(read)).toEqual([
    'proved POST /sessions',
    'proved POST /sessions/again',
    'proved POST /sessions/login',
  ])
})

test('an argument that a resolver of the repository makes is no input [SPEC-EXTRACT-05]', async () => {
  const user = (more: string) => ({
    'pom.xml': pom,
    'src/main/java/app/Caller.java': 'package app;\npublic @interface Caller {}\n',
    'src/main/java/app/User.java':
      'package app;\npublic class User { private String name; private String password; }\n',
    'src/main/java/app/Pets.java': `package app;
import org.springframework.web.bind.annotation.*;
@RestController
public class Pets {
  @GetMapping("/pets") public String list(@Caller User user, String sort) { return sort; }
}
`,
    ...(more === '' ? {} : { 'src/main/java/app/CallerResolver.java': more }),
  })
  const inputs = async (more: string) =>
    factsOf((await extractFiles(user(more))).set.facts, 'parameter').map(({ name }) => name)
  expect(await inputs('')).toEqual(['name', 'password', 'sort'])
  expect(
    await inputs(`package app;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
public class CallerResolver implements HandlerMethodArgumentResolver {
  public boolean supportsParameter(MethodParameter parameter) { return parameter.hasParameterAnnotation(Caller.class); }
}
`),
  ).toEqual(['sort'])
})

test.each([
  [
    'a servlet',
    '<servlet><servlet-name>rest</servlet-name><servlet-class>org.glassfish.jersey.servlet.ServletContainer</servlet-class></servlet><servlet-mapping><servlet-name>rest</servlet-name><url-pattern>/api/*</url-pattern></servlet-mapping>',
    'proved GET /api/books',
  ],
  [
    'the application by its name',
    '<servlet-mapping><servlet-name>jakarta.ws.rs.core.Application</servlet-name><url-pattern>/api/*</url-pattern></servlet-mapping>',
    'proved GET /api/books',
  ],
  [
    'a filter at the root beside a servlet of something else',
    '<filter><filter-name>rest</filter-name><filter-class>org.glassfish.jersey.servlet.ServletContainer</filter-class></filter><filter-mapping><filter-name>rest</filter-name><url-pattern>/*</url-pattern></filter-mapping><servlet><servlet-name>files</servlet-name><servlet-class>com.example.Files</servlet-class></servlet><servlet-mapping><servlet-name>files</servlet-name><url-pattern>/files/*</url-pattern></servlet-mapping>',
    'proved GET /books',
  ],
  [
    'two paths, of which either may be meant',
    '<!-- <url-pattern>/old/*</url-pattern> --><servlet><servlet-name>rest</servlet-name><servlet-class>org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher</servlet-class></servlet><servlet-mapping><servlet-name>rest</servlet-name><url-pattern>/api/*</url-pattern><url-pattern>/v2/*</url-pattern></servlet-mapping>',
    'declared GET /api/books',
  ],
])('resources of JAX-RS stand below what web.xml maps them to: %s', async (_, mapped, operation) => {
  const found = await extractFiles({
    'pom.xml':
      '<project><dependency><artifactId>jersey-container-servlet</artifactId></dependency></project>',
    'web/src/main/webapp/WEB-INF/web.xml': `<web-app>${mapped}</web-app>`,
    'rest/src/main/java/com/example/Books.java': `package com.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/books")
public class Books {
    @GET
    public String list() {
        return "books";
    }
}
`,
  })
  expect(graded(found)).toEqual([operation])
})

test('what settings say comes before a router is not known, whatever stands in its place; middleware is no path [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4","config":"3","helmet":"7"}}',
    'app.js': `
const express = require('express')
const config = require('config')
const helmet = require('helmet')
const app = express()
const quays = express.Router()
const docks = express.Router()
quays.get('/quays', (req, res) => res.json([]))
docks.get('/docks', (req, res) => res.json([]))
app.use(config.get('server.basePath'), quays)
app.use(helmet(), docks)
app.listen(3000)
`,
  })
  const found = set.facts.flatMap((fact) => (fact.kind === 'operation' ? [`${fact.grade} ${fact.path}`] : []))
  expect(found.toSorted()).toEqual(['declared /quays', 'proved /docks'])
  expect(set.questions.map(({ text }) => text).join()).toContain('What comes before /quays?')
})

test('each of several applications of Nest has its own prefix and mount, by the modules that it takes in [SPEC-EXTRACT-09]', async () => {
  const controller = (name: string, path: string) =>
    `import { Controller, Get, Module } from '@nestjs/common'
@Controller('${path}')
export class ${name}Controller { @Get() all() { return [] } }
@Module({ controllers: [${name}Controller] })
export class ${name}Module { static forRoot() { return { module: ${name}Module } } }
`
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/core":"11.0.0"}}',
    'src/boats.ts': controller('Boats', 'boats'),
    'src/keys.ts': controller('Keys', 'keys'),
    'src/modules.ts': `import { Module } from '@nestjs/common'
import { BoatsModule } from './boats'
import { KeysModule } from './keys'
@Module({ imports: [BoatsModule.forRoot()] })
export class ServerModule {}
@Module({ imports: [KeysModule] })
export class AdminModule {}
`,
    'src/admin.ts': `import { NestFactory } from '@nestjs/core'
import { AdminModule } from './modules'
async function main() {
  const app = await NestFactory.create(AdminModule)
  app.setGlobalPrefix('admin/v1')
  await app.listen(81)
}
main()
`,
    'src/server.ts': `import express from 'express'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { ServerModule } from './modules'
async function main() {
  const inner = express()
  const app = await NestFactory.create(ServerModule, new ExpressAdapter(inner))
  await app.init()
  const root = express()
  root.use('/api/v3', inner)
  root.listen(80)
}
main()
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
      .toSorted(),
  ).toEqual(['proved GET /admin/v1/keys', 'proved GET /api/v3/boats'])
})
