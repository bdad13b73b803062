import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const fieldsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return factsOf(set.facts, 'model').flatMap((one) =>
    one.fields.map(({ name, shape }) => `${one.name}.${name} ${shape.type}`),
  )
}

test('bytes in a model of JSON are a text, in Java and in Go; an array of bytes is a list [SPEC-EXTRACT-03]', async () => {
  expect(
    await fieldsOf({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
      'src/main/java/mill/Grains.java': `package mill;
import org.springframework.web.bind.annotation.*;
@RestController
public class Grains {
  @PostMapping("/grains")
  public String add(@RequestBody Grain grain) { return grain.name; }
}
class Grain { public String name; public byte[] picture; }
`,
    }),
  ).toEqual(['Grain.name string', 'Grain.picture string'])
  expect(
    await fieldsOf({
      'go.mod': 'module example.com/mill\n\ngo 1.22\n',
      'main.go': `package main

import "github.com/gin-gonic/gin"

type Grain struct {
	Name    string   \`json:"name"\`
	Picture []byte   \`json:"picture"\`
	Sum     [16]byte \`json:"sum"\`
	Husks   [][]byte \`json:"husks"\`
}

func main() {
	r := gin.Default()
	r.POST("/grains", func(c *gin.Context) {
		var grain Grain
		if err := c.ShouldBindJSON(&grain); err != nil {
			c.Status(400)
			return
		}
		c.Status(204)
	})
	r.Run()
}
`,
    }),
  ).toEqual(['Grain.name string', 'Grain.picture string', 'Grain.sum array', 'Grain.husks array'])
})
