import { describe, expect, it } from 'vitest';
import { parseServedFile } from './served-file.ts';

describe('parseServedFile', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['assets/index-AbCd_123.js', 'text/javascript; charset=utf-8'],
    ['assets/gong.v2.mp3', 'audio/mpeg'],
  ])('serves %s', (path, contentType) => {
    expect(parseServedFile(path)).toEqual({ parts: path.split('/'), contentType });
  });

  it.each([
    '',
    '.',
    '..',
    '../index.html',
    'assets/../../index.html',
    'assets/..',
    '/etc/passwd.html',
    'assets//index.js',
    '.hidden.html',
    'assets/.env.js',
    'a\\..\\b.html',
    'C:/x.html',
    'a%2fb.html',
    'a\0.html',
    'a b.html',
    'notes.txt',
    'main.ts',
    'index.js.map',
    'x.constructor',
    'html',
  ])('Bad input: refuses %j', (path) => {
    expect(parseServedFile(path)).toBeNull();
  });
});
