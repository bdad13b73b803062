import { expect, test } from 'vitest'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// What is told, by kind and path, and what is asked.
const told = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const titles = (facts: readonly Fact[]) => factsOf(facts, 'operation').map(operationTitle).toSorted()
  expect(titles(parseAgreed(serializeAgreed(set)).facts)).toEqual(titles(set.facts))
  return {
    facts: set.facts.map(
      (fact) => `${fact.grade} ${fact.kind}${fact.kind === 'operation' ? ` ${operationTitle(fact)}` : ''}`,
    ),
    asks: set.questions.map(({ text }) => text),
  }
}

test('Go: where part of a path is a constant of a module outside, nothing of the operation is told, but where only what comes before it is not known, and questions of the file show what is [SPEC-EXTRACT-09]', async () => {
  expect(
    await told({
      'go.mod': 'module example.com/gauge\n\nrequire github.com/labstack/echo/v4 v4.11.0\n',
      'main.go': `package main

import (
	"example.com/shared/names"
	"github.com/labstack/echo/v4"
)

func show(c echo.Context) error {
	if c.Param("serial") == "" {
		return c.JSON(400, "which gauge?")
	}
	return c.JSON(200, c.QueryParam("unit"))
}

func main() {
	e := echo.New()
	e.GET(names.GaugesRoute, show)
	e.PUT(names.GaugesRoute, show)
	e.GET(names.GaugesRoute+"/"+names.Serial+"/:"+names.Serial, show)
	e.GET(names.Base+"/gauges/:serial", show)
	e.DELETE(names.Base+names.Version+"/gauges/:serial/alarms", show)
	e.GET("/ping", func(c echo.Context) error { return c.NoContent(204) })
	e.Start(":80")
}
`,
    }),
  ).toEqual({
    facts: expect.arrayContaining([
      'proved operation GET /ping',
      'declared operation GET …/gauges/{serial}',
      'declared operation DELETE …/gauges/{serial}/alarms',
    ]),
    asks: [
      'Which path is routed here, and at 2 more lines?',
      'What comes before /gauges/{serial} and 1 more?',
    ],
  })
})

test('Java: below a setting without a value or a constant from outside what is told is declared; where such a constant stands within, nothing is [SPEC-EXTRACT-09]', async () => {
  expect(
    await told({
      'pom.xml': '<project><artifactId>spring-boot-starter-web</artifactId></project>',
      'src/main/java/app/Gauges.java': `package app;

import org.shared.Names;
import org.springframework.web.bind.annotation.*;

@RestController
public class Gauges {
  @GetMapping("\${gauges.base}/gauges/{serial}")
  public String show(@PathVariable String serial) { return serial; }
  @DeleteMapping(Names.BASE + "/alarms")
  public void clear() {}
  @GetMapping("/gauges/" + Names.KIND + "/alarms")
  public String alarms() { return ""; }
  @GetMapping("\${ping.base:/health}/ping")
  public String ping() { return "up"; }
}
`,
    }),
  ).toEqual({
    facts: expect.arrayContaining([
      'proved operation GET /health/ping',
      'declared operation GET …/gauges/{serial}',
      'declared operation DELETE …/alarms',
    ]),
    asks: ['What comes before /gauges/{serial} and 1 more?', 'What stands for … in /gauges/…/alarms?'],
  })
})

test('TypeScript: an operation behind a class path from outside is not told, one beside it is [SPEC-EXTRACT-09]', async () => {
  expect(
    await told({
      'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11"}}',
      'src/main.ts': `import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { gaugesPath } from '@depot/names'

@Controller(gaugesPath)
export class Gauges { @Get(':serial') show() { return 'x' } }
@Controller('ping')
export class Ping { @Get() ping() { return 'up' } }
@Module({ controllers: [Gauges, Ping] })
export class AppModule {}
async function start() { await (await NestFactory.create(AppModule)).listen(80) }
start()
`,
    }),
  ).toEqual({
    facts: ['proved operation GET /ping', 'proved response'],
    asks: ['What stands for … in /…/{serial}?'],
  })
})

test('a path that a loop puts together, of which nobody knows how often it goes round, is asked, not told as far as it was when the loop began [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'tornado==6.4\n',
    'berths.py': `import tornado.web


class Berths(tornado.web.RequestHandler):
    def get(self):
        self.write({})


class Free(tornado.web.RequestHandler):
    def get(self):
        self.write({})


def as_pattern(text):
    made = ''
    at = 0
    while True:
        begin = text.find('<', at)
        if begin < 0:
            made += text[at:]
            break
        end = text.find('>', begin)
        made += text[at:begin] + '(?P<%s>[^/]+)' % text[begin + 1:end]
        at = end + 1
    return made


app = tornado.web.Application([
    (as_pattern('/berths/<name>'), Berths),
    ('/free', Free),
])
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /free',
  ])
  expect(set.questions.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Which path is routed here/),
  )
})
