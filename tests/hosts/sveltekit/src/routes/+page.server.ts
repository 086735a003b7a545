import init, { diagnose } from 'gru-playground/core';

/** The core runs on the server too: the page comes with what a call says. */
export async function load(): Promise<{ message: string | undefined }> {
  await init();
  const { diagnostics } = diagnose({ config: { input_size: 10, hidden_size: 20 }, input: { shape: [7, 3, 8] } });
  return { message: diagnostics[0]?.message };
}
