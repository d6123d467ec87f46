// Reads QR codes with the camera where the browser has BarcodeDetector; everywhere else the field below is typed into.
const box = document.getElementById("camera");
const form = document.getElementById("typed");
if (box && "BarcodeDetector" in window && navigator.mediaDevices) {
  box.hidden = false;
  const says = box.querySelector("[data-says]");
  const video = box.querySelector("video");
  box.querySelector("[data-camera]").addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      await video.play();
    } catch {
      says.textContent = says.dataset.denied;
      return;
    }
    says.textContent = says.dataset.looking;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    const look = async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (!found) return void requestAnimationFrame(look);
      video.srcObject.getTracks().forEach((track) => track.stop());
      form.elements.code.value = found.rawValue;
      form.requestSubmit();
    };
    look();
  });
}
