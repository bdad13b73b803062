import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const bodies = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const methods = new Map(factsOf(set.facts, 'operation').map(({ id, method }) => [id, method]))
  const models = new Map(factsOf(set.facts, 'model').map(({ name, fields }) => [name, fields]))
  return factsOf(set.facts, 'body')
    .map(({ operation, isRequired, shape }) => {
      const fields =
        shape.type === 'object' ? shape.fields : shape.type === 'model' ? (models.get(shape.name) ?? []) : []
      const names = fields.map((one) => (one.isRequired ? one.name : `${one.name}?`)).join(' ')
      return `${methods.get(operation)} ${isRequired ? 'requires' : 'takes'} ${names}`
    })
    .toSorted()
}

test('what Gin binds by the media type of the request requires no JSON [SPEC-EXTRACT-04]', async () => {
  const found = await bodies({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type Pot struct {
	Name string \`json:"name" form:"name" binding:"required"\`
}

func main() {
	r := gin.New()
	r.POST("/pots", func(c *gin.Context) {
		var pot Pot
		if err := c.ShouldBind(&pot); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		c.JSON(http.StatusOK, pot)
	})
	r.PUT("/pots", func(c *gin.Context) {
		var pot Pot
		if err := c.ShouldBindJSON(&pot); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		c.JSON(http.StatusOK, pot)
	})
	r.Run(":80")
}
`,
  })
  expect(found).toEqual(['POST takes name', 'PUT requires name'])
})

const rest = (settings: string, view = '') => ({
  'requirements.txt': 'Django==5.0\ndjangorestframework==3.15\n',
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
  'site/settings.py': `ROOT_URLCONF = 'site.urls'\n${settings}\n`,
  'site/urls.py': `from django.urls import path
from pots.views import PotDetail

urlpatterns = [path('pots/<int:pk>', PotDetail.as_view())]
`,
  'pots/views.py': `from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import APIView

class PotSerializer(serializers.Serializer):
    name = serializers.CharField()

class PotDetail(APIView):
    ${view}
    def put(self, request, pk, **kwargs):
        partial = kwargs.pop('partial', False)
        pot = PotSerializer(None, data=request.data, partial=partial)
        pot.is_valid(raise_exception=True)
        return Response(pot.data)

    def patch(self, request, pk):
        return self.put(request, pk, partial=True)
`,
})

test('a serializer that a method hands on that PATCH is in part requires nothing there [SPEC-EXTRACT-04]', async () => {
  expect(await bodies(rest(''))).toEqual(['PATCH takes name?', 'PUT takes name'])
})

test('REST framework requires JSON only where the program or the view parses nothing else [SPEC-EXTRACT-04]', async () => {
  const alone = "REST_FRAMEWORK = {'DEFAULT_PARSER_CLASSES': ['rest_framework.parsers.JSONParser']}"
  expect(await bodies(rest(alone))).toEqual(['PATCH takes name?', 'PUT requires name'])
  expect(await bodies(rest('', 'parser_classes = [JSONParser]\n'))).toEqual([
    'PATCH takes name?',
    'PUT requires name',
  ])
})

test('JSON that is parsed but for one path is taken beside forms [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"type":"module","dependencies":{"express":"4"}}',
    'main.js': `
import express from 'express'
const but = (path, parse) => (req, res, next) => (req.path === path ? next() : parse(req, res, next))
const app = express()
app.use(but('/raw', express.json()))
app.use(express.urlencoded({ extended: true }))
app.post('/pots', (req, res) => {
  if (!req.body.glaze) return res.status(400).end()
  res.status(201).json({ glaze: req.body.glaze })
})
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'body').map(({ mediaType }) => mediaType)).toEqual(['application/json'])
})

test('what middleware reads of any body is no body of what is got [SPEC-EXTRACT-04]', async () => {
  const found = await bodies({
    'package.json': '{"type":"module","dependencies":{"express":"4"}}',
    'may.js': `
export const may = (req, res, next) => (req.body.kiln && req.body.kiln !== 'mine' ? res.status(403).end() : next())
`,
    'main.js': `
import express from 'express'
import { may } from './may.js'
const app = express()
app.use(express.json())
app.use(may)
app.get('/pots', (req, res) => res.json([]))
app.get('/pots/search', (req, res) => res.json([req.body.glaze]))
app.post('/pots', (req, res) => res.status(201).json({ glaze: req.body.glaze }))
app.listen(80)
`,
  })
  expect(found).toEqual(['GET takes glaze?', 'POST takes glaze? kiln?'])
})
