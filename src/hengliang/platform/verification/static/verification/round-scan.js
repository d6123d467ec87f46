// Reads a code with the camera where the browser can; gives the text, or nothing where it can't or was stopped.
export const canScan = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices);

export async function scan(box) {
  const video = box.querySelector("video");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return "";
  }
  video.srcObject = stream;
  box.hidden = false;
  await video.play();
  const stopped = new Promise((resolve) => box.querySelector("[data-stop]").addEventListener("click", () => resolve(""), { once: true }));
  const detector = new BarcodeDetector();
  let over = false;
  const look = async () => {
    while (!over) {
      const [found] = await detector.detect(video).catch(() => []);
      if (found) return found.rawValue;
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    return "";
  };
  const text = await Promise.race([look(), stopped]);
  over = true;
  stream.getTracks().forEach((track) => track.stop());
  box.hidden = true;
  return text;
}
