import { expect, test } from 'vitest'
import { Definitions } from '../../src/extract/definitions.ts'
import { Entailing } from '../../src/extract/entailing.ts'
import { FoundNames } from '../../src/extract/found-names.ts'
import type { FactOf } from '../../src/facts/fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// Texts of the spans of the only guard, of an error with a status, and of an operation.
async function spansOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const texts = ({ evidence }: { evidence: FactOf<'guard'>['evidence'] }) =>
    evidence.map(({ path, startByte, endByte }) =>
      Buffer.from(files[path] ?? '')
        .subarray(startByte, endByte)
        .toString(),
    )
  const guard = set.facts.find((one) => one.kind === 'guard')
  return {
    guard,
    ofGuard: guard ? texts(guard) : [],
    ofError: (status: number) =>
      set.facts.flatMap((one) => (one.kind === 'error' && one.status === status ? texts(one) : [])),
    ofOperation: (path: string) =>
      set.facts.flatMap((one) => (one.kind === 'operation' && one.path === path ? texts(one) : [])),
  }
}

const has = (texts: readonly string[], part: string) => texts.some((text) => text.includes(part))

test("a guard of Nest's is shown with the class that refuses and where the program puts it before all [SPEC-EXTRACT-06]", async () => {
  const files = {
    'package.json': '{"dependencies":{"@nestjs/common":"*","@nestjs/core":"*","@nestjs/passport":"*"}}',
    'tide.guard.ts': `
import { Injectable } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
@Injectable()
export class TideGuard extends AuthGuard('jwt') {}
`,
    'piers.controller.ts': `
import { Controller, Get, UseGuards } from '@nestjs/common'
import { TideGuard } from './tide.guard'
@Controller('piers')
export class PiersController {
  @Get()
  @UseGuards(TideGuard)
  all() { return [] }
}
`,
    'app.module.ts': `
import { Module } from '@nestjs/common'
import { PiersController } from './piers.controller'
@Module({ controllers: [PiersController] })
export class AppModule {}
`,
  }
  const own = await spansOf(files)
  expect(own.guard).toMatchObject({ status: 401 })
  for (const texts of [own.ofGuard, own.ofError(401)]) {
    expect(has(texts, 'UseGuards(TideGuard)')).toBe(true)
    expect(has(texts, "class TideGuard extends AuthGuard('jwt')")).toBe(true)
  }
  const ofAll = await spansOf({
    ...files,
    'piers.controller.ts': files['piers.controller.ts'].replace('  @UseGuards(TideGuard)\n', ''),
    'app.module.ts': `
import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { PiersController } from './piers.controller'
import { TideGuard } from './tide.guard'
@Module({
  controllers: [PiersController],
  providers: [{ provide: APP_GUARD, useClass: TideGuard }],
})
export class AppModule {}
`,
  })
  expect(has(ofAll.ofError(401), 'provide: APP_GUARD')).toBe(true)
  expect(has(ofAll.ofGuard, 'provide: APP_GUARD')).toBe(true)
})

test('rules of Spring Security are shown by their own line, with the entry point and where that sets its status [SPEC-EXTRACT-06]', async () => {
  const { guard, ofGuard, ofError } = await spansOf({
    'pom.xml': '<project/>',
    'src/main/java/sea/PierController.java': `
package sea;
import org.springframework.web.bind.annotation.*;
@RestController
@RequestMapping("/piers")
public class PierController {
  @GetMapping("/{id}")
  public String one(@PathVariable long id) { return "pier"; }
}
`,
    'src/main/java/sea/Gatekeeper.java': `
package sea;
import jakarta.servlet.http.*;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
public class Gatekeeper implements AuthenticationEntryPoint {
  public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws java.io.IOException {
    response.sendError(HttpServletResponse.SC_UNAUTHORIZED, "Show a pass");
  }
}
`,
    'src/main/java/sea/SafetyConfig.java': `
package sea;
import org.springframework.context.annotation.*;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
@Configuration
public class SafetyConfig {
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    http
      .csrf(csrf -> csrf.disable())
      .exceptionHandling(on -> on.authenticationEntryPoint(new Gatekeeper()))
      .authorizeHttpRequests(on -> on
        .requestMatchers("/open/**").permitAll()
        .requestMatchers("/piers/**").authenticated());
    return http.build();
  }
}
`,
  })
  expect(guard).toMatchObject({ status: 401 })
  for (const texts of [ofGuard, ofError(401)]) {
    expect(texts).toContain('requestMatchers("/piers/**").authenticated()')
    expect(texts).toContain('authenticationEntryPoint(new Gatekeeper())')
    expect(has(texts, 'SC_UNAUTHORIZED')).toBe(true)
  }
})

test('what Spring denies by an annotation is shown with the advice that answers it [SPEC-EXTRACT-06]', async () => {
  const { ofError } = await spansOf({
    'pom.xml': '<project/>',
    'src/main/java/sea/Methods.java': `package sea;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
@EnableMethodSecurity
public class Methods {}
`,
    'src/main/java/sea/PierController.java': `
package sea;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
@RestController
public class PierController {
  @PreAuthorize("hasRole('KEEPER')")
  @GetMapping("/piers")
  public String all() { return "piers"; }
}
`,
    'src/main/java/sea/Refusals.java': `
package sea;
import org.springframework.http.*;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Refusals {
  @ExceptionHandler(AccessDeniedException.class)
  public ResponseEntity<String> denied(AccessDeniedException e) {
    return new ResponseEntity<>("not yours", HttpStatus.NOT_ACCEPTABLE);
  }
}
`,
  })
  expect(has(ofError(406), 'PreAuthorize("hasRole(\'KEEPER\')")')).toBe(true)
  expect(has(ofError(406), 'HttpStatus.NOT_ACCEPTABLE')).toBe(true)
})

test('who REST framework lets in is shown by the settings, and the start of a path by its constant [SPEC-EXTRACT-06]', async () => {
  const { guard, ofGuard, ofOperation } = await spansOf({
    'requirements.txt': 'django\ndjangorestframework\n',
    'manage.py': `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "sea.settings")\n`,
    'sea/__init__.py': '',
    'sea/settings.py': `
ROOT_URLCONF = "sea.urls"
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
}
`,
    'sea/urls.py': `
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from sea.views import PierViewSet

BASE = "harbour/v2/"
router = DefaultRouter()
router.register("piers", PierViewSet, basename="piers")
urlpatterns = [path(BASE, include(router.urls))]
`,
    'sea/views.py': `
from rest_framework import viewsets
from rest_framework.response import Response

class PierViewSet(viewsets.ViewSet):
    def list(self, request):
        return Response([])
`,
  })
  expect(guard).toMatchObject({ status: 401 })
  expect(has(ofGuard, '"DEFAULT_PERMISSION_CLASSES"')).toBe(true)
  expect(has(ofGuard, '"DEFAULT_AUTHENTICATION_CLASSES"')).toBe(true)
  expect(has(ofOperation('/harbour/v2/piers/'), 'BASE = "harbour/v2/"')).toBe(true)
})

test("who hapi lets in is shown by the server's default and the strategy that it names [SPEC-EXTRACT-06]", async () => {
  const { guard, ofGuard } = await spansOf({
    'package.json': '{"dependencies":{"@hapi/hapi":"*","hapi-auth-jwt2":"*"}}',
    'server.js': `
const Hapi = require('@hapi/hapi')
const server = Hapi.server({ port: 1 })
server.register(require('hapi-auth-jwt2'))
server.auth.strategy('pass', 'jwt', { key: 'x' })
server.auth.default('pass')
server.route({ method: 'GET', path: '/piers', handler: () => [] })
server.start()
`,
  })
  expect(guard).toMatchObject({ status: 401 })
  expect(has(ofGuard, "auth.default('pass')")).toBe(true)
  expect(has(ofGuard, "auth.strategy('pass', 'jwt'")).toBe(true)
})

test('where nothing of an operation leads to a place its route is shown [SPEC-EXTRACT-06]', async () => {
  const { modules } = await extractFiles({
    'water.js': `module.exports = async (request) => {\n  if (request.tide === 'low') throw new Error('No water')\n}\n`,
    'piers.js': `const before = [require('./water')]\nmodule.exports = { path: '/piers', before, handler: () => [] }\n`,
  })
  const siteOf = (path: string, text: string) => {
    const module = modules.get(path)
    if (!module) throw new Error(`${path} is read.`)
    const start = module.text.indexOf(text)
    return { module, start, end: start + text.length, symbol: '' }
  }
  const routed = siteOf('piers.js', "{ path: '/piers', before, handler: () => [] }")
  const entailing = new Entailing(new Definitions(modules.values(), new FoundNames(modules.values())))
  const asked = siteOf('water.js', "if (request.tide === 'low')")
  const shown = entailing.of(siteOf('water.js', "throw new Error('No water')"), [asked], [], {
    functions: [],
    routed,
  })
  expect(shown).toEqual([routed, asked])
})

test('parts of a path that stand in no line of its route are looked for behind the names there [SPEC-EXTRACT-06]', async () => {
  const { ofOperation } = await spansOf({
    'package.json': '{"dependencies":{"express":"*"}}',
    'routes.js': `
const list = (req, res) => res.json([])
exports.routes = { '/quay-north/boats': list, '/quay-south/boats': list }
`,
    'app.js': `
const express = require('express')
const { routes } = require('./routes')
const app = express()
for (const path of Object.keys(routes)) app.get(path, routes[path])
app.listen(1)
`,
  })
  expect(has(ofOperation('/quay-north/boats'), "'/quay-north/boats': list")).toBe(true)
})
