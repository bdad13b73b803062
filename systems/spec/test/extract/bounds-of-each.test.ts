import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { lengthenShape, shortenShape } from '../../src/facts/short-shape.ts'
import { openApiOf } from '../../src/extract/openapi.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { saysKey } from '../../src/drift/says.ts'
import { extractFiles } from '../packs/fixture.ts'

async function takes(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  return [...factsOf(set.facts, 'body'), ...factsOf(set.facts, 'model')].map((fact) => sayFact(fact, 'it'))
}

test('what class-validator asks of each in a list is told of each [SPEC-EXTRACT-05]', async () => {
  const said = await takes({
    'package.json': '{"dependencies":{"@nestjs/common":"11.0.0","class-validator":"0.14.0"}}',
    'main.ts': `
import { NestFactory } from '@nestjs/core'
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common'
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator'
class Basket {
  @IsArray()
  @ArrayMaxSize(5)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  plums: string[]
}
@Controller('baskets')
class Baskets {
  @Post()
  add(@Body() body: Basket) { return 1 }
}
@Module({ controllers: [Baskets] })
class Orchard {}
const app = await NestFactory.create(Orchard)
app.useGlobalPipes(new ValidationPipe())
await app.listen(3000)
`,
  })
  expect(said.join(' ')).toContain(
    'plums (a list of string (each 20 or fewer characters), required, 5 or fewer items)',
  )
})

test('schemas of zod and JSON Schema bound each thing in a list, before and behind array() [SPEC-EXTRACT-05]', async () => {
  const said = await takes({
    'package.json': '{"dependencies":{"express":"4.0.0","zod":"3.0.0"}}',
    'app.js': `
const express = require('express')
const { z } = require('zod')
const app = express()
app.use(express.json())
const basket = z.object({ plums: z.array(z.string().min(2)).max(5), pears: z.string().max(9).array().min(1) })
app.post('/baskets', (req, res) => { const it = basket.parse(req.body); res.json(it.plums) })
app.listen(80)
`,
  })
  expect(said.join(' ')).toContain(
    'plums (a list of string (each 2 or more characters), required, 5 or fewer items)',
  )
  expect(said.join(' ')).toContain(
    'pears (a list of string (each 9 or fewer characters), required, 1 or more items)',
  )
  const fastify = await extractFiles({
    'package.json': '{"dependencies":{"fastify":"4.0.0"}}',
    'app.js': `
const fastify = require('fastify')()
fastify.post('/baskets', { schema: { body: { type: 'object', properties: { plums: { type: 'array', items: { type: 'string', enum: ['red', 'blue'] } } } } } }, async (request) => request.body.plums)
fastify.listen({ port: 80 })
`,
  })
  const [body] = factsOf(fastify.set.facts, 'body')
  if (!body) throw new Error('no body')
  expect(sayFact(body, 'it')).toContain('plums (a list of string (each one of "red", "blue"))')
  expect(JSON.stringify(openApiOf(fastify.set, null))).toContain(
    '"items":{"type":"string","enum":["red","blue"]}',
  )
  expect(lengthenShape(shortenShape(body.shape))).toEqual(body.shape)
  const other = structuredClone(body)
  const list = other.shape.type === 'object' ? other.shape.fields[0]?.shape : undefined
  if (list?.type === 'array') list.ofEach = [{ keyword: 'enum', value: ['red'] }]
  expect(saysKey(other)).not.toBe(saysKey(body))
})

test('Java and Python bound each thing in a list by its type, Go behind dive [SPEC-EXTRACT-05]', async () => {
  const java = await takes({
    'pom.xml': '<dependency><artifactId>spring-boot-starter-web</artifactId></dependency>',
    'src/main/java/a/Baskets.java': `
package a;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.*;
import java.util.List;
class Basket { public List<@Size(max = 20) String> plums; }
@RestController
class Baskets {
  @PostMapping("/baskets")
  String add(@Valid @RequestBody Basket basket) { return "a"; }
}
`,
  })
  expect(java.join(' ')).toContain('plums (a list of string (each 20 or fewer characters))')
  const python = await takes({
    'requirements.txt': 'fastapi',
    'main.py': `
from typing import Annotated, Literal
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()
class Basket(BaseModel):
    plums: list[Annotated[str, Field(max_length=20)]]
    colours: list[Literal["red", "blue"]]
@app.post("/baskets")
def add(basket: Basket):
    return 1
`,
  })
  expect(python.join(' ')).toContain('plums (a list of string (each 20 or fewer characters), required)')
  expect(python.join(' ')).toContain('colours (a list of string (each one of "red", "blue"), required)')
  const go = await takes({
    'go.mod': 'module a\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `
package main

import "github.com/gin-gonic/gin"

type Basket struct {
	Plums []string \`json:"plums" binding:"required,max=5,dive,max=20"\`
}

func main() {
	r := gin.Default()
	r.POST("/baskets", func(c *gin.Context) {
		var b Basket
		if err := c.ShouldBindJSON(&b); err != nil {
			c.JSON(400, gin.H{"error": "no"})
			return
		}
		c.JSON(200, b)
	})
	r.Run()
}
`,
  })
  expect(go.join(' ')).toContain(
    'plums (a list of string (each 20 or fewer characters), required, 5 or fewer items)',
  )
})
