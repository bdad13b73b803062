import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a question that was asked before has the answer that it had [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\n',
      'site/__init__.py': '',
      'site/urls.py': `
from django.urls import path
from site import views
urlpatterns = [path("crates", views.add)]
`,
      'site/views.py': `
from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

class CrateForm(forms.Form):
    name = forms.CharField()

@require_POST
def add(request):
    form = CrateForm(request.POST)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect("/crates")
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render(request, "crates.html", {"form": form}, status=status)
`,
    }),
  )
  expect(found.statuses['POST /crates']).toContain(422)
  expect(found.statuses['POST /crates']).not.toContain(200)
})

test('the same words of two callbacks, and a part that is loaded between two questions, are asked again [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const { database, session } = require('./elsewhere')
const app = express()
app.get('/a', (req, res) => {
  database.first((err, row) => {
    if (err) return res.status(500).end()
    database.second(row, (err, more) => {
      if (err) return res.status(502).end()
      res.json(more)
    })
  })
})
app.get('/b', (req, res) => {
  if (!session.user) {
    session.load(req)
    if (!session.user) return res.status(401).end()
  }
  res.json({})
})
app.get('/c', (req, res) => {
  let crate = database.find(1)
  if (!crate) {
    crate = database.find(2)
    if (!crate) return res.status(404).end()
  }
  res.json(crate)
})
app.listen(1)
`,
    }),
  )
  expect(found.statuses['GET /a']).toEqual([200, 500, 502])
  expect(found.statuses['GET /b']).toEqual([200, 401])
  expect(found.statuses['GET /c']).toEqual([200, 404])
})

test('middleware that asks for the path of a request is told it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/depot\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
      'main.go': `package main

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

func closed(c *gin.Context) {
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		c.Next()
		return
	}
	c.AbortWithStatus(http.StatusTeapot)
}

func main() {
	r := gin.New()
	r.Use(closed)
	r.GET("/api/crates/:id", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	r.GET("/page", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	r.Run()
}
`,
    }),
  )
  expect(found.statuses['GET /api/crates/{id}']).toEqual([200])
  expect(found.statuses['GET /page']).toEqual([200, 418])
})

test('what middleware of Gin answers after it handed on is no refusal [SPEC-PACKS-01]', async () => {
  const extraction = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `package main

import "github.com/gin-gonic/gin"

func errors(c *gin.Context) {
	c.Next()
	if len(c.Errors) > 0 {
		c.JSON(400, gin.H{})
	}
}

func known(c *gin.Context) {
	if c.GetHeader("x-key") != "" {
		c.Next()
		return
	}
	c.AbortWithStatus(401)
}

func main() {
	r := gin.New()
	r.Use(errors)
	r.GET("/crates", known, func(c *gin.Context) { c.JSON(200, gin.H{}) })
	r.Run()
}
`,
  })
  const guards = extraction.set.facts.flatMap((fact) => (fact.kind === 'guard' ? [fact.name] : []))
  expect(guards).toEqual(['known'])
  expect(summarize(extraction).statuses['GET /crates']).toEqual([200, 401])
})
