/** Carries out a command on a database: its report on standard output, what hinders it on standard error. */
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Result } from '@aufruf/shared/lib/result';
import { backupTool } from './backup-tool.ts';
import { restoreTool } from './restore-tool.ts';
import { statisticsTool } from './statistics-tool.ts';
import type { ToolOptions } from './tool-options.ts';
import type { ToolRefusal } from './tool-refusal.ts';
import { type ToolResult, verifyTool } from './verify-tool.ts';

/** @returns the exit code: 0 done and well, 1 refused, or a database that is not well */
export async function runTool(options: ToolOptions): Promise<number> {
  const platform = createNodePlatform();
  // Somebody sits there and waits; a file or a pipe needs no progress.
  const onProgress = (part: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`checking ${part} ...\n`);
  };
  switch (options.name) {
    case 'verify':
      return tell(await verifyTool(options.place, platform, onProgress));
    case 'backup':
      return tell(await backupTool(options.place, options.to, platform));
    case 'restore':
      return tell(await restoreTool(options.file, options.folder, platform, onProgress));
    case 'statistics': {
      const table = await statisticsTool(options.place, options.wish, platform);
      if (!table.ok) return tell(table);
      process.stdout.write(table.value);
      return 0;
    }
  }
}

function tell(result: Result<ToolResult, ToolRefusal>): number {
  if (!result.ok) {
    process.stderr.write(`${result.refusal.line}\n`);
    return 1;
  }
  process.stdout.write(`${result.value.lines.join('\n')}\n`);
  return result.value.isGood ? 0 : 1;
}
