import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return factsOf(set.facts, 'error')
    .filter(({ status }) => status === 409 || status === 410)
    .map(({ status, grade }) => `${status} ${grade}`)
    .toSorted((a, b) => a.localeCompare(b))
}

const spring = (config: string, controller: string, marks = '') => ({
  'pom.xml': '<project><artifactId>spring-boot-starter-web</artifactId></project>',
  'src/main/java/org/sheds/Sheds.java': `
package org.sheds;
import org.springframework.beans.factory.annotation.*;
import org.springframework.context.annotation.*;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
interface Shed { String open(String key); }
${marks} class Barn implements Shed {
  public String open(String key) {
    if (key.equals("bent")) throw new ResponseStatusException(HttpStatus.CONFLICT, "barn");
    return key;
  }
}
class Hut implements Shed {
  public String open(String key) {
    if (key.equals("lost")) throw new ResponseStatusException(HttpStatus.GONE, "hut");
    return key;
  }
}
${config}
@RestController class Doors {
  ${controller}
  @GetMapping("/doors/{key}") public String get(@PathVariable String key) { return shed.open(key); }
}
`,
})
const both = (barn: string, hut: string) =>
  `@Configuration class Made { ${barn} Shed barn() { return new Barn(); } ${hut} Shed hut() { return new Hut(); } }`

test.each([
  ['the one of which the container makes things', '', '@Autowired Shed shed;', '@Service', ['409 proved']],
  [
    'a qualifier',
    both('@Bean("wide")', '@Bean'),
    '@Autowired @Qualifier("wide") Shed shed;',
    '',
    ['409 proved'],
  ],
  [
    'the primary one',
    both('@Bean', '@Bean @Primary'),
    'private final Shed shed; Doors(Shed shed) { this.shed = shed; }',
    '',
    ['410 proved'],
  ],
  [
    'nothing: it may be either',
    both('@Bean', '@Bean'),
    '@Autowired Shed shed;',
    '',
    ['409 open', '410 open'],
  ],
])(
  'Spring gives where several classes fit what is said by %s [SPEC-EXTRACT-01]',
  async (_, config, controller, marks, expected) => {
    expect(await errorsOf(spring(config, controller, marks))).toEqual(expected)
  },
)

const nest = (controller: string, providers: string) => ({
  'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10"}}',
  'src/main.ts': `
import { ConflictException, Controller, Get, GoneException, Inject, Injectable, Module, Param } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
const SHED = Symbol('shed')
export abstract class Shed { abstract open(key: string): string }
@Injectable() export class Barn extends Shed {
  open(key: string) { if (key === 'bent') throw new ConflictException('barn'); return key }
}
@Injectable() export class Hut extends Shed {
  open(key: string) { if (key === 'lost') throw new GoneException('hut'); return key }
}
@Controller('doors') export class Doors {
  constructor(${controller} private readonly shed: Shed) {}
  @Get(':key') get(@Param('key') key: string) { return this.shed.open(key) }
}
@Module({ controllers: [Doors], providers: [${providers}] }) export class App {}
NestFactory.create(App).then((app) => app.listen(3000))
`,
})

test.each([
  [
    'a token',
    '@Inject(SHED)',
    '{ provide: SHED, useClass: Hut }, { provide: Shed, useClass: Barn }',
    ['410 proved'],
  ],
  ['the class that stands for another', '', '{ provide: Shed, useClass: Barn }', ['409 proved']],
  ['nothing: it may be either', '', '{ provide: Shed, useFactory: () => pick() }', ['409 open', '410 open']],
])(
  'Nest gives where several classes fit what is said by %s [SPEC-EXTRACT-01]',
  async (_, controller, providers, expected) => {
    expect(await errorsOf(nest(controller, providers))).toEqual(expected)
  },
)

test('FastAPI: what dependencies of dependencies make is what is called [SPEC-EXTRACT-01]', async () => {
  expect(
    await errorsOf({
      'requirements.txt': 'fastapi',
      'main.py': `
from abc import ABC, abstractmethod
from typing import Annotated
from fastapi import Depends, FastAPI, HTTPException
class Shed(ABC):
    @abstractmethod
    def open(self, key: str): ...
class Barn(Shed):
    def open(self, key: str):
        if key == 'bent':
            raise HTTPException(409, 'barn')
        return key
class Hut(Shed):
    def open(self, key: str):
        if key == 'lost':
            raise HTTPException(410, 'hut')
        return key
class Keeper:
    def __init__(self, shed: Shed):
        self.shed = shed
    def open(self, key: str):
        return self.shed.open(key)
def shed() -> Shed:
    return Barn()
def keeper(shed: Annotated[Shed, Depends(shed)]) -> Keeper:
    return Keeper(shed)
app = FastAPI()
@app.get('/doors/{key}')
def door(key: str, keeper: Annotated[Keeper, Depends(keeper)]):
    return keeper.open(key)
`,
    }),
  ).toEqual(['409 proved'])
})
