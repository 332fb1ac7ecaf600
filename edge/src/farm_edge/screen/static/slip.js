document.getElementById("paper").addEventListener("click", () => print());
document.addEventListener("keydown", ({key}) => {
    if (key === "Escape") {
        document.querySelector("[data-back]").click();
    }
});
